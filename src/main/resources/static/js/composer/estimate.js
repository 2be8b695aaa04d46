/**
 * Estimates the tokens of a text: about one for four characters of an alphabet, and about one for each character of
 * Chinese, Japanese and Korean. The answer reports the real number.
 */
export function estimateTokens(text) {
	const dense = text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g)?.length ?? 0;
	return Math.ceil(dense + (text.length - dense) / 4);
}

/** @returns {number|null} US dollars; null if the price is not known */
export function estimateCost(tokens, model) {
	return model?.promptPrice == null ? null : tokens * model.promptPrice;
}
