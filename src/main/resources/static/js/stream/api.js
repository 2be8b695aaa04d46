import { base, scripts } from '../base.js';
import { texts } from '../lib/texts.js';

const VERSION = /\/assets\/(\w+)\//.exec(scripts)?.[1];

const FROM_IN_FRONT = {
	401: 'sign_in',
	403: 'forbidden',
	407: 'sign_in',
	413: 'too_large',
	429: 'rate_limited',
	502: 'bad_gateway',
	503: 'unavailable',
	504: 'gateway_timeout',
};

/** The reason why a call failed, as a sentence for the reader. */
export class Failure extends Error {

	/** @param {{code: string, message: string, retryable?: boolean, retryAfter?: number, status?: number}} what */
	constructor({ code, message, retryable = true, retryAfter = 0, status = 0 }) {
		super(message);
		Object.assign(this, { code, retryable, retryAfter, status });
	}

	static of(code) {
		return new Failure({ code, message: texts.problems[code] });
	}

}

/** @returns {Promise<Response>} the event stream of the answer to this question */
export function ask(question, signal) {
	return call('/api/chat/stream', {
		...withJson('POST', question),
		headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
		signal,
	});
}

/**
 * @returns {Promise<Response>} the events of a stream after `lastEventId`, or all events without it, then new events as
 * they arrive
 */
export function reattach(streamId, lastEventId, signal) {
	return call(`/api/chat/stream/${encodeURIComponent(streamId)}${lastEventId ? '' : '?after=0'}`, {
		headers: { Accept: 'text/event-stream', ...(lastEventId ? { 'Last-Event-ID': String(lastEventId) } : {}) },
		cache: 'no-store',
		signal,
	});
}

/** Stops an answer. `keepalive` lets the request outlive the page. */
export function stop(streamId) {
	return call(`/api/chat/stream/${encodeURIComponent(streamId)}`, { method: 'DELETE', keepalive: true });
}

/** @returns {Promise<object[]>} the visitor's running and recently ended streams */
export async function streams() {
	return (await call('/api/chat/streams', { cache: 'no-store' })).json();
}

export async function models() {
	return (await call('/api/models')).json();
}

/** @returns {Promise<{conversations: object[], nextCursor: string|null}>} a page of the visitor's conversations */
export async function conversations(parameters) {
	const known = Object.entries(parameters).filter(([, value]) => value != null);
	return (await call(`/api/conversations?${new URLSearchParams(known)}`, { cache: 'no-store' })).json();
}

/** @returns {Promise<object>} a conversation with all its messages; answers have `html` only if `html` is true */
export async function conversation(id, { html }) {
	return (await call(`${pathOf(id)}${html ? '' : '?format=markdown'}`, { cache: 'no-store' })).json();
}

/** @returns {Promise<object>} the changed conversation, without its messages */
export async function change(id, changes) {
	return (await call(pathOf(id), withJson('PATCH', changes))).json();
}

/** Deletes a conversation permanently. `keepalive` lets the request outlive the page. */
export function remove(id) {
	return call(pathOf(id), { method: 'DELETE', keepalive: true });
}

/**
 * Uploads a file with conversations. `XMLHttpRequest` is used because it reports the progress of an upload.
 *
 * @param {File} file
 * @param {(part: number) => void} onProgress receives the uploaded share, 0 to 1
 * @returns {Promise<{imported: object[], skipped: {where: string, reason: string}[]}>}
 */
export function importFile(file, onProgress) {
	const request = new XMLHttpRequest();
	request.open('POST', `${base}/api/conversations/import`);
	request.setRequestHeader('Content-Type', /[.]zip$/i.test(file.name) ? 'application/zip' : 'application/json');
	request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total);
	return new Promise((resolve, reject) => {
		request.onerror = () => reject(Failure.of('network'));
		request.onload = async () => {
			const response = responseOf(request);
			response.ok && !isPage(response) ? resolve(response.json()) : reject(response.ok ? Failure.of('other_page') : await failureOf(response));
		};
		request.send(file);
	});
}

function responseOf(request) {
	const type = request.getResponseHeader('Content-Type') ?? '';
	return new Response(request.responseText, { status: request.status, headers: { 'Content-Type': type } });
}

export async function presets() {
	return (await call('/api/presets', { cache: 'no-store' })).json();
}

export async function addPreset(preset) {
	return (await call('/api/presets', withJson('POST', preset))).json();
}

export function removePreset(id) {
	return call(`/api/presets/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

function pathOf(id) {
	return `/api/conversations/${encodeURIComponent(id)}`;
}

function withJson(method, body) {
	return { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

async function call(path, options) {
	const response = await send(path, options);
	if (!response.ok) {
		throw await failureOf(response);
	}
	if (isPage(response)) {
		throw Failure.of('other_page');
	}
	noteVersion(response);
	return response;
}

/**
 * The server answers none of these calls with HTML. An HTML page comes from another server, for example a sign-in page.
 */
function isPage(response) {
	return (response.headers.get('Content-Type') ?? '').startsWith('text/html');
}

/** A page opened before an update still uses the old asset files, and some of them may be gone. */
function noteVersion(response) {
	const served = response.headers.get('Runnel-Assets');
	if (served && VERSION && served !== VERSION) {
		dispatchEvent(new CustomEvent('runnel-outdated'));
	}
}

async function send(path, options) {
	try {
		return await fetch(base + path, { redirect: 'manual', ...options });
	} catch (error) {
		throw error.name === 'AbortError' ? error : Failure.of('network');
	}
}

/** Shows only the `detail` of a problem. The text of any other error page is not written for readers. */
async function failureOf(response) {
	const problem = await problemOf(response);
	const code = problem.code ?? codeOf(response);
	return new Failure({
		code,
		message: problem.detail ?? texts.problems[code] ?? texts.problems.internal,
		retryable: !problem.code && response.status !== 413 || mayHelpAgain(response.status),
		retryAfter: secondsOf(response.headers.get('Retry-After')),
		status: response.status,
	});
}

/**
 * Whether a new try may help: after a server error, a timeout (408), a rate limit (429), or 404, after which the page can
 * start a new conversation. The server refuses any other request again.
 */
function mayHelpAgain(status) {
	return status >= 500 || [404, 408, 429].includes(status);
}

/**
 * Maps the status of a proxy in front of the server to a text of this page. A proxy's own words are not written for
 * readers.
 */
function codeOf({ type, status }) {
	return type === 'opaqueredirect' ? 'sign_in' : (FROM_IN_FRONT[status] ?? 'internal');
}

async function problemOf(response) {
	const type = response.headers.get('Content-Type') ?? '';
	return type.startsWith('application/problem+json') ? response.json().catch(() => ({})) : {};
}

/** `Retry-After` is a number of seconds or a date (RFC 9110, section 10.2.3). */
function secondsOf(retryAfter) {
	if (!retryAfter) {
		return 0;
	}
	const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - Date.now()) / 1000;
	return Math.max(0, Math.ceil(seconds)) || 0;
}
