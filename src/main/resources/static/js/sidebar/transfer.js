import { base } from '../base.js';
import { agree } from '../dialogs/import-preview.js';
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
 * Imports conversations from files, one after the other. A file that fails does not keep the next one from being
 * imported.
 *
 * @param {File[]} files
 * @param {(text: string) => void} tell shows the progress
 * @returns {Promise<string>} the results, in words
 */
export async function importConversations(files, tell) {
	const results = [];
	for (const file of files) {
		const result = await importFile(file, tell).catch(({ message }) => message);
		results.push(files.length > 1 ? `${file.name}: ${result}` : result);
	}
	return results.join(' ');
}

async function importFile(file, tell) {
	tell(fill(texts.importing, file.name));
	const progress = (part) => tell(fill(texts.uploaded, percent.format(part)));
	const preview = await upload(file, true, progress);
	if (preview.found.length > 0 && !(await agree(preview))) {
		return texts.notImported;
	}
	return preview.found.length > 0 ? inWords(await upload(file, false, progress)) : inWords(preview);
}

function inWords({ imported, known, omitted, skipped }) {
	const leftOut = omitted.reduce((all, { kind, count }) => all + (VISIBLE.has(kind) ? count : 0), 0);
	return [
		importedText(imported.length),
		...(known.length > 0 ? [knownText(known.length)] : []),
		...(leftOut > 0 ? [leftOutText(leftOut)] : []),
		...(skipped.length > 0 ? [skippedText(skipped.length, skipped[0].reason)] : []),
	].join(' ');
}

/**
 * Uploads a file with conversations. `XMLHttpRequest` is used because it reports the progress of an upload.
 *
 * @param {boolean} preview whether nothing is stored
 * @param {(part: number) => void} onProgress receives the uploaded share, 0 to 1
 * @returns {Promise<{imported: object[], found: object[], known: object[], omitted: {kind: string, count: number}[],
 * 	skipped: {where: string, reason: string}[]}>}
 */
async function upload(file, preview, onProgress) {
	const response = await send(file, preview, onProgress);
	if (!response.ok) {
		throw await failureOf(response);
	}
	if (isPage(response)) {
		throw Failure.of('other_page');
	}
	return { found: [], known: [], ...(await response.json()) };
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
