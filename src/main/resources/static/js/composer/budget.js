import { fill, language, texts } from '../lib/texts.js';
import { usage } from '../stream/api.js';

const times = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' });

/** Whether the server was asked. One without budgets is asked once. */
let asked = false;
let limited = false;

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
