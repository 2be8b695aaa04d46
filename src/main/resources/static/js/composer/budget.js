import { estimateCost, estimateTokens } from './estimate.js';
import { fill, joined, language, texts } from '../lib/texts.js';
import { call } from '../stream/api.js';

const times = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' });

/** Whether the server was asked. One without budgets is asked once. */
let asked = false;
let limited = false;

/** The estimated tokens and cost of sending a draft together with the conversation. */
export function estimateOf({ text, files }, characters, model) {
	const attached = files.reduce((sum, { attachment }) => sum + (attachment?.tokens ?? 0), 0);
	const tokens = estimateTokens(text) + attached + Math.ceil(characters / 4);
	const cost = estimateCost(tokens, model);
	return fill(texts.estimate, joined([texts.tokens(tokens), cost && texts.cost(cost)]));
}

/** @returns {Promise<string|undefined>} what is left of the budget, when it is asked for the first time */
export async function firstLeft() {
	if (!asked) {
		asked = true;
		return read();
	}
}

/** @returns {Promise<string|undefined>} what is left of the budget after an answer, if there is a budget */
export async function leftNow() {
	if (limited) {
		return read();
	}
}

/** The page works without this text, so a failure is not shown. */
async function read() {
	const { left, renewsAt } = await usage().catch(() => ({ left: null }));
	limited = left != null;
	return limited ? fill(texts.left, texts.cost(left), times.format(new Date(renewsAt))) : '';
}

/** @returns {Promise<{left: number|null, renewsAt: string|null}>} what is left of the budget; null without one */
async function usage() {
	return (await call('/api/usage', { cache: 'no-store' })).json();
}
