/**
 * Checks the style of the page's scripts and templates, and prints each finding:
 *
 *     node src/test/js/style.mjs TYPESCRIPT
 *
 * TypeScript reads the scripts as JavaScript, so that undeclared names, missing exports and unused declarations are found.
 * Its findings about types are left out, because the scripts declare none.
 */

import { createRequire } from 'node:module';
import { readdirSync, readFileSync } from 'node:fs';

const ts = createRequire(import.meta.url)(process.argv[2]);

const RESOURCES = 'src/main/resources';
const SCRIPTS = `${RESOURCES}/static/js`;

const MAX_FILE_LINES = 250;
const MAX_FUNCTION_LINES = 40;
const MAX_LINE_LENGTH = 160;

/** What TypeScript reports about names: unknown, missing in a module, declared twice, a constant assigned, unused. */
const NAMES = new Set([2300, 2304, 2305, 2307, 2451, 2552, 2588, 2613, 2614, 2724, 6133, 6138, 6192, 6196, 6198, 6199, 6205]);

const findings = [];

function find(file, line, text) {
	findings.push(`${file}:${line}: ${text}`);
}

function filesIn(folder, ending) {
	return readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(ending)).map((name) => `${folder}/${name}`);
}

function checkLines(file) {
	readFileSync(file, 'utf8').split('\n').forEach(({ length }, at) => {
		if (length > MAX_LINE_LENGTH) {
			find(file, at + 1, `the line has ${length} characters, more than ${MAX_LINE_LENGTH}`);
		}
	});
}

function checkLengths(file, source) {
	const lines = readFileSync(file, 'utf8').trimEnd().split('\n').length;
	if (lines > MAX_FILE_LINES) {
		find(file, 1, `the file has ${lines} lines, more than ${MAX_FILE_LINES}`);
	}
	checkFunctions(file, source, source);
}

function checkFunctions(file, source, node) {
	if (ts.isFunctionLike(node) && node.body) {
		const [first, last] = [node.getStart(source), node.end].map((at) => source.getLineAndCharacterOfPosition(at).line);
		if (last - first + 1 > MAX_FUNCTION_LINES) {
			find(file, first + 1, `the function has ${last - first + 1} lines, more than ${MAX_FUNCTION_LINES}`);
		}
	}
	ts.forEachChild(node, (child) => checkFunctions(file, source, child));
}

/** Whether the line belongs to a comment. The types in comments need no import. */
function isComment({ text }, line) {
	return /^\s*\/?\*/.test(text.split('\n')[line]);
}

function checkNames(program, file, source) {
	for (const { code, start, messageText } of program.getSemanticDiagnostics(source)) {
		const { line } = source.getLineAndCharacterOfPosition(start);
		if (NAMES.has(code) && !isComment(source, line)) {
			find(file, line + 1, ts.flattenDiagnosticMessageText(messageText, ' '));
		}
	}
	program.getSyntacticDiagnostics(source).forEach(({ messageText }) => find(file, 1, messageText));
}

const scripts = filesIn(SCRIPTS, '.js');
const program = ts.createProgram(scripts, {
	allowJs: true,
	checkJs: true,
	noEmit: true,
	noUnusedLocals: true,
	noUnusedParameters: true,
	target: ts.ScriptTarget.ESNext,
	module: ts.ModuleKind.ESNext,
	moduleResolution: ts.ModuleResolutionKind.Bundler,
	lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
	types: [],
});
for (const file of scripts) {
	const source = program.getSourceFile(file);
	checkLines(file);
	checkLengths(file, source);
	checkNames(program, file, source);
}
filesIn(`${RESOURCES}/templates`, '.html').forEach(checkLines);

findings.forEach((finding) => console.log(finding));
console.log(`${scripts.length} scripts, ${findings.length} findings`);
process.exitCode = findings.length > 0 ? 1 : 0;
