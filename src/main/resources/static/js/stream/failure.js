import { fill, language, texts } from '../lib/texts.js';

const isEnglish = language === 'en';

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

/** Problems with a text of another name than their code. */
const NAMES = { unauthenticated: 'sign_in', forbidden: 'not_allowed' };

/** The ends of an answer with a text of this page. Only the model service refuses a request that has begun. */
const ENDS = { interrupted: 'interrupted', internal: 'internal', invalid_request: 'refused' };

/** The reason why a call failed, as a sentence for the reader. */
export class Failure extends Error {

	/** Whether the server no longer has the stream, although it may have the answer. */
	isLost = false;

	/** @param {{code: string, message: string, retryable?: boolean, retryAfter?: number, status?: number}} what */
	constructor({ code, message, retryable = true, retryAfter = 0, status = 0 }) {
		super(message);
		Object.assign(this, { code, retryable, retryAfter, status });
	}

	static of(code) {
		return new Failure({ code, message: texts.problems[code] });
	}

	/** The failure with which an answer has ended, as the server tells it. */
	static ofEnd(end) {
		return new Failure({ ...end, message: texts.problems[ENDS[end.code]] ?? end.message });
	}

}

/** Whether a code tells that the model, or its service, failed. Another model may then answer. */
export function isOfModel(code) {
	return /^(?:upstream|model|context)_/.test(code);
}

/** A failure of the model in the page's language. Any other has its words already. */
export function wordsOf({ code, message, retryable }) {
	const known = code === 'upstream_rate_limited' && retryable === false ? 'upstream_daily_limit' : code;
	return (isOfModel(known) && texts.problems[known]) || message;
}

/**
 * Says the reason of a problem in the reader’s language, else its code, else its English `detail`. The text of any other
 * error page is not written for readers.
 */
export async function failureOf(response) {
	const problem = await problemOf(response);
	const code = problem.code ?? codeOf(response);
	return new Failure({
		code,
		message: reasonOf(problem) ?? translated(problem) ?? problem.detail ?? texts.problems[code] ?? texts.problems.internal,
		retryable: !problem.code && response.status !== 413 || mayHelpAgain(response.status),
		retryAfter: secondsOf(response.headers.get('Retry-After')),
		status: response.status,
	});
}

function reasonOf({ reason, parameters = [] }) {
	return texts.reasons[reason] && fill(texts.reasons[reason], ...parameters);
}

/** The text of this page for the code of a problem; undefined in English, where the words of the server say more. */
function translated({ code }) {
	return isEnglish && code !== 'unauthenticated' ? undefined : texts.problems[NAMES[code] ?? code];
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
