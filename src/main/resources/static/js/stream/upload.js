import { base } from '../base.js';
import { addressOf } from './api.js';
import { Failure, failureOf } from './failure.js';

/**
 * Uploads a file that the reader attaches to the next question. Only `XMLHttpRequest` tells how much of it has been sent.
 *
 * @param {File} file
 * @param {(part: number) => void} onProgress receives the part that has been sent, from 0 to 1
 * @param {AbortSignal} signal
 * @returns {Promise<object>} the file as the server knows it
 */
export function upload(file, onProgress, signal) {
	return new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();
		request.open('POST', `${base}/api/files?name=${encodeURIComponent(file.name)}`);
		request.setRequestHeader('Content-Type', 'application/octet-stream');
		request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
		request.onload = () => (request.status === 201 ? resolve(JSON.parse(request.responseText)) : refused(request).then(reject));
		request.onerror = () => reject(Failure.of('network'));
		request.onabort = request.onerror;
		signal.addEventListener('abort', () => request.abort());
		request.send(file);
	});
}

function refused(request) {
	const headers = { 'Content-Type': request.getResponseHeader('Content-Type') ?? '' };
	return failureOf(new Response(request.responseText, { status: request.status, headers }));
}

/** @returns {Promise<boolean>} whether the server has a file no longer. Its content is not sent again. */
export async function isGone(file) {
	const options = { headers: { 'If-None-Match': `"${file.id}"` }, cache: 'no-store' };
	return fetch(addressOf(file), options).then(({ status }) => status === 404, () => false);
}

/** @returns {Promise<object>} a new file with some pages of a PDF */
export async function pagesOf(file, first, last) {
	const response = await fetch(`${addressOf(file)}/pages`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ first, last }),
	}).catch(() => Promise.reject(Failure.of('network')));
	if (!response.ok) {
		throw await failureOf(response);
	}
	return response.json();
}

/** Deletes a file that was uploaded and will not be sent. It would go by itself after a while. */
export function discard(file) {
	fetch(addressOf(file), { method: 'DELETE', keepalive: true }).catch(() => {});
}
