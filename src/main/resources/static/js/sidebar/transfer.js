import { base } from '../base.js';
import { agree, reasonOf } from '../dialogs/import-preview.js';
import { isPage } from '../stream/api.js';
import { Failure, failureOf } from '../stream/failure.js';
import { counted, fill, language, texts } from '../lib/texts.js';

const percent = new Intl.NumberFormat(language, { style: 'percent' });
const importedText = counted('imported');
const knownText = counted('alreadyHere');
const leftOutText = counted('leftOut');
const skippedText = counted('skipped');

/** Kinds that people saw where they come from; the others are the work of tools and instructions. */
const VISIBLE = new Set(['picture', 'file', 'sound', 'video', 'canvas_change', 'unknown']);

/**
 * Imports conversations from files, one after the other, after the reader has seen what comes. A file that fails does not
 * keep the next one from being imported.
 *
 * @param {File[]} files
 * @param {(text: string) => void} tell shows the progress
 * @returns {Promise<string>} the results, in words, a line for each file
 */
export async function importConversations(files, tell) {
	const readings = [];
	for (const file of files) {
		readings.push({ file, ...(await look(file, tell)) });
	}
	const agreed = await agreeToAll(readings.flatMap(({ preview }) => preview ?? []));
	const results = [];
	for (const reading of readings) {
		const result = await resultOf(reading, agreed, tell).catch(({ message }) => message);
		results.push(files.length > 1 ? `${reading.file.name}: ${result}` : result);
	}
	return results.join('\n');
}

/** @returns {Promise<{preview?: object, problem?: string}>} what an import of the file would do, or why it cannot be read */
async function look(file, tell) {
	tell(fill(texts.importing, file.name));
	try {
		return { preview: await upload(file, true, tell) };
	} catch ({ message }) {
		return { problem: message };
	}
}

/** Asks once for all files, if there is anything new in them. */
async function agreeToAll(previews) {
	const all = (name) => previews.flatMap((preview) => preview[name]);
	const found = all('found');
	return found.length > 0 && agree({ found, known: all('known'), omitted: summed(all('omitted')), skipped: all('skipped') });
}

function summed(counts) {
	const sums = new Map();
	for (const { kind, count } of counts) {
		sums.set(kind, (sums.get(kind) ?? 0) + count);
	}
	return [...sums].map(([kind, count]) => ({ kind, count }));
}

async function resultOf({ file, preview, problem }, agreed, tell) {
	if (problem) {
		return problem;
	}
	if (preview.found.length === 0) {
		return inWords(preview);
	}
	return agreed ? inWords(await upload(file, false, tell)) : texts.notImported;
}

function inWords({ imported, known, omitted, skipped }) {
	const leftOut = omitted.reduce((all, { kind, count }) => all + (VISIBLE.has(kind) ? count : 0), 0);
	return [
		imported.length > 0 && importedText(imported.length),
		known.length > 0 && knownText(known.length),
		leftOut > 0 && leftOutText(leftOut),
		skipped.length > 0 && skippedText(skipped.length, reasonOf(skipped[0])),
	].filter(Boolean).join(' ') || texts.notImported;
}

/**
 * Uploads a file with conversations. `XMLHttpRequest` is used because it reports the progress of an upload.
 *
 * @param {boolean} preview whether nothing is stored
 * @param {(text: string) => void} tell shows the progress
 * @returns {Promise<{imported: object[], found: object[], known: object[], omitted: {kind: string, count: number}[],
 * 	skipped: {where: string, reason: string, cause: string, parameters?: unknown[]}[]}>} places with the name of the file
 */
async function upload(file, preview, tell) {
	const response = await send(file, preview, (part) => tell(fill(texts.uploaded, percent.format(part))));
	if (!response.ok) {
		throw await failureOf(response);
	}
	if (isPage(response)) {
		throw Failure.of('other_page');
	}
	const result = { found: [], known: [], ...(await response.json()) };
	result.skipped.forEach((one) => (one.where = one.where.replace(/^the file/, () => file.name)));
	return result;
}

/** @returns {Promise<Response>} */
function send(file, preview, onProgress) {
	const request = new XMLHttpRequest();
	request.open('POST', `${base}/api/conversations/import${preview ? '?preview=true' : ''}`);
	request.setRequestHeader('Content-Type', /[.]zip$/i.test(file.name) ? 'application/zip' : 'application/json');
	request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total);
	return new Promise((resolve, reject) => {
		request.onerror = () => reject(Failure.of('network'));
		request.onload = () => resolve(responseOf(request));
		request.send(file);
	});
}

function responseOf(request) {
	const type = request.getResponseHeader('Content-Type') ?? '';
	return new Response(request.responseText, { status: request.status, headers: { 'Content-Type': type } });
}
