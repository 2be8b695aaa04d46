import { contentOf, isSelected, removeText, skipSame } from './coloured-nodes.js';
import { Highlighter } from './highlighter.js';
import { style } from '../lib/lazy.js';
import { Slice } from '../lib/slice.js';

await style('highlight');

const highlighter = new Highlighter(() => new Worker(new URL('./highlight-worker.js', import.meta.url), { type: 'module' }));

/** The length of the text that was last sent for colouring, for each code element. */
const asked = new WeakMap();

/** Code that was too long, or took too long, once. It stays plain, because it grows further. */
const plain = new WeakSet();

/**
 * Colours a code element, or the text added to it. Nodes that already have the right colours stay. No node is replaced
 * while it is selected: the next call colours it.
 *
 * @param {HTMLElement} code
 * @returns {Promise<number>} always 0, because colours never change the size
 */
export async function draw(code) {
	const text = code.textContent;
	const language = languageIn(code);
	if (plain.has(code) || asked.get(code) === text.length || !language) {
		return 0;
	}
	asked.set(code, text.length);
	const pieces = await highlighter.highlight(text, language);
	if (pieces === null) {
		plain.add(code);
	} else if (!(await show(code, text, pieces)) && isLast(code, text)) {
		asked.delete(code);
	}
	return 0;
}

/** @returns {Promise<string|null>} the HTML of a code element in colours, for a file; null if it stays plain */
export async function colouredHtml(code) {
	const text = code.textContent;
	const language = languageIn(code);
	const pieces = language ? await highlighter.highlight(text, language) : null;
	return pieces?.join('') ?? null;
}

function languageIn(code) {
	return /(?:^|\s)language-(\S+)/.exec(code.className)?.[1];
}

/** Whether no longer text of this element was sent for colouring meanwhile. */
function isLast(code, text) {
	return asked.get(code) === text.length;
}

/**
 * Shows the coloured text piece by piece, so that the page can react in between. Text that arrives meanwhile follows it
 * uncoloured.
 *
 * @returns {Promise<boolean>} false if the rest stays as it is, because the text has changed, is selected or is coloured
 * anew
 */
async function show(code, text, pieces) {
	const slice = new Slice();
	let place = code.firstChild;
	let shown = 0;
	for (const piece of pieces) {
		const content = contentOf(piece);
		const { length } = content.textContent;
		const isSame = text.slice(shown, shown + length) === content.textContent && code.textContent.startsWith(text);
		if (!isSame || !isLast(code, text) || (place && place.parentNode !== code)) {
			return false;
		}
		place = skipSame(place, content);
		if (content.firstChild) {
			if (isSelected(place, code.lastChild)) {
				return false;
			}
			place = removeText(place, content.textContent.length);
			code.insertBefore(content, place);
		}
		shown += length;
		await slice.pause();
	}
	return true;
}
