import { estimateCost, estimateTokens } from './estimate.js';
import { fill, language, texts } from '../lib/texts.js';

/** The text of the status line below the conversation. */
export function statusOf({ tooLong, draft, limit, notice, online, busy, connected, paused, phase, ending }) {
	if (tooLong) {
		return fill(texts.tooLong, ...[draft.length - limit, limit].map((count) => count.toLocaleString(language)));
	}
	if (notice || !online) {
		return notice || texts.offline;
	}
	if (busy) {
		return connected ? (paused ? texts.paused : texts[phase]) : texts.reconnecting;
	}
	return { complete: texts.complete, stopped: texts.stopped }[ending] ?? '';
}

/** The estimated tokens and cost of sending the draft together with the conversation; empty without a draft. */
export function estimateOf(draft, characters, model) {
	if (draft.trim() === '') {
		return '';
	}
	const tokens = estimateTokens(draft) + Math.ceil(characters / 4);
	const cost = estimateCost(tokens, model);
	return fill(texts.estimate, [texts.tokens(tokens), cost && texts.cost(cost)].filter(Boolean).join(' · '));
}
