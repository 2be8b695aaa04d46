import { base } from '../base.js';
import { isPage } from '../stream/api.js';
import { Failure, failureOf } from '../stream/failure.js';
import { fill, language, texts } from '../lib/texts.js';

const percent = new Intl.NumberFormat(language, { style: 'percent' });

/**
 * Imports conversations from a file.
 *
 * @param {File} file
 * @param {(text: string) => void} tell shows the progress
 * @returns {Promise<string>} the result, in words
 */
export async function importConversations(file, tell) {
	tell(fill(texts.importing, file.name));
	const { imported, skipped } = await upload(file, (part) => tell(fill(texts.uploaded, percent.format(part))));
	const kept = texts.imported(imported.length);
	return skipped.length === 0 ? kept : `${kept} ${texts.skipped(skipped.length, skipped[0].reason)}`;
}

/**
 * Uploads a file with conversations. `XMLHttpRequest` is used because it reports the progress of an upload.
 *
 * @param {(part: number) => void} onProgress receives the uploaded share, 0 to 1
 * @returns {Promise<{imported: object[], skipped: {where: string, reason: string}[]}>}
 */
async function upload(file, onProgress) {
	const response = await send(file, onProgress);
	if (!response.ok) {
		throw await failureOf(response);
	}
	if (isPage(response)) {
		throw Failure.of('other_page');
	}
	return response.json();
}

/** @returns {Promise<Response>} */
function send(file, onProgress) {
	const request = new XMLHttpRequest();
	request.open('POST', `${base}/api/conversations/import`);
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
