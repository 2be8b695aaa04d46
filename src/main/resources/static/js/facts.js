import { decimal, fill, texts } from './texts.js';

/** What is known of an answer beside its words, as the page says it. */

/** Why the mock answers is told while it does; it is not stored, and so the plain fact stands in its place later. */
export function noticeOf({ forgotten, omittedMessages, fallback, source }) {
	return [
		forgotten && texts.forgotten,
		omittedMessages && texts.omitted(omittedMessages),
		fallback || (source === 'mock' && texts.mockAnswers),
	].filter(Boolean).join(' ');
}

export function endingOf({ state, finishReason }) {
	return texts.endings[state === 'complete' ? finishReason : state];
}

/** Only what is known: an absent value is left out, not shown as 0. */
export function factsOf({ usage, timing }) {
	return joined([
		usage?.completionTokens != null && texts.tokens(usage.completionTokens),
		timing?.totalMs != null && texts.duration(timing.totalMs),
		timing?.firstTokenMs != null && texts.firstToken(timing.firstTokenMs),
		paceOf(usage, timing),
		usage?.cost != null && texts.cost(usage.cost),
	]);
}

/** Tokens for each second of writing; of an answer that came at once it would say nothing. */
function paceOf(usage, timing) {
	const seconds = (timing?.totalMs - timing?.firstTokenMs) / 1000;
	return usage?.completionTokens && seconds >= 0.1 ? fill(texts.pace, decimal(usage.completionTokens / seconds)) : '';
}

/** What all answers of a conversation took together; empty while nothing is known, or of one answer alone. */
export function totalOf(messages) {
	const used = messages.map(({ usage }) => usage).filter(Boolean);
	if (used.length < 2) {
		return '';
	}
	const tokens = sum(used.map(({ promptTokens, completionTokens }) => (promptTokens ?? 0) + (completionTokens ?? 0)));
	const costs = used.map(({ cost }) => cost).filter((cost) => cost != null);
	return fill(texts.total, joined([tokens > 0 && texts.tokens(tokens), costs.length > 0 && texts.cost(sum(costs))]));
}

function joined(facts) {
	return facts.filter(Boolean).join(' · ');
}

function sum(numbers) {
	return numbers.reduce((total, number) => total + number, 0);
}
