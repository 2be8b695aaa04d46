import { fill, joined, texts } from '../lib/texts.js';

/** Texts about an answer: notices, ending, usage and time. */

/** Why the mock answers: the failure of the model; otherwise that no model is connected, if that is so now. */
export function noticeOf({ forgotten, omittedMessages, fallback, source }) {
	return [
		forgotten && texts.forgotten,
		omittedMessages && texts.omitted(omittedMessages),
		source === 'mock' && texts.problems[fallback],
		source === 'mock' && (fallback || isConnected() ? texts.demoAnswer : texts.mockAnswers),
	].filter(Boolean).join(' ');
}

export function endingOf({ state, finishReason }) {
	return texts.endings[state === 'complete' ? finishReason : state];
}

/** The tokens and the cost of an answer; if neither is known, how long it took. An absent value is not shown as 0. */
export function factsOf({ usage, timing }) {
	const used = joined([
		usage?.completionTokens != null && texts.tokens(usage.completionTokens),
		usage?.cost != null && texts.cost(usage.cost),
	]);
	return used || joined([timing?.totalMs != null && texts.duration(timing.totalMs)]);
}

/** The usage of all answers of a conversation together; empty if the usage of fewer than two is known. */
export function totalOf(messages) {
	const used = messages.map(({ usage }) => usage).filter(Boolean);
	if (used.length < 2) {
		return '';
	}
	const tokens = sum(used.map(({ promptTokens, completionTokens }) => (promptTokens ?? 0) + (completionTokens ?? 0)));
	const costs = used.map(({ cost }) => cost).filter((cost) => cost != null);
	return fill(texts.total, joined([tokens > 0 && texts.tokens(tokens), costs.length > 0 && texts.cost(sum(costs))]));
}

/** Whether there is a model to ask. */
export function isConnected() {
	return Boolean(document.querySelector('.page').dataset.connected);
}

function sum(numbers) {
	return numbers.reduce((total, number) => total + number, 0);
}
