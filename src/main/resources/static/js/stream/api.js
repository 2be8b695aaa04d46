import { base, scripts } from '../base.js';
import { announce } from '../lib/events.js';
import { Failure, failureOf } from './failure.js';

const VERSION = /\/assets\/(\w+)\//.exec(scripts)?.[1];

/** @returns {Promise<Response>} the event stream of the answer to this question */
export function ask(question, signal) {
	return call('/api/chat/stream', {
		...withJson('POST', question),
		headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
		signal,
	});
}

/** @returns {Promise<Response>} the events of a stream after `lastEventId`, or all without it, then new ones as they arrive */
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

/** The address of an attached file. */
export function addressOf({ id }) {
	return `${base}/api/files/${encodeURIComponent(id)}`;
}

export function pathOf(id) {
	return `/api/conversations/${encodeURIComponent(id)}`;
}

export function withJson(method, body) {
	return { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

/** Calls the server. A module that is loaded on demand makes the calls that only it needs. */
export async function call(path, options) {
	const response = await send(path, options);
	noteVersion(response);
	if (!response.ok) {
		throw await failureOf(response);
	}
	if (isPage(response)) {
		throw Failure.of('other_page');
	}
	return response;
}

/**
 * The server answers none of these calls with HTML. An HTML page comes from another server, for example a sign-in page.
 */
export function isPage(response) {
	return (response.headers.get('Content-Type') ?? '').startsWith('text/html');
}

/** A page opened before an update still uses the old asset files, and some of them may be gone. */
function noteVersion(response) {
	const served = response.headers.get('Runnel-Assets');
	if (served && VERSION && served !== VERSION) {
		announce('outdated');
	}
}

async function send(path, options) {
	try {
		return await fetch(base + path, { redirect: 'manual', ...options });
	} catch (error) {
		throw error.name === 'AbortError' ? error : Failure.of('network');
	}
}
