/**
 * A guess at the tokens of a text: about four characters of an alphabet each, and about one for each character of
 * scripts that write a syllable or a word with one. What it really was the answer tells.
 */
export function estimateTokens(text) {
	const dense = text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g)?.length ?? 0;
	return Math.ceil(dense + (text.length - dense) / 4);
}

/** @returns {number|null} US dollars; null when the price is not known */
export function estimateCost(tokens, model) {
	return model?.promptPrice == null ? null : tokens * model.promptPrice;
}
