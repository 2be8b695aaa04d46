/** Scripts without spaces between words. A word of theirs may begin anywhere. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

const WORD = /[\p{L}\p{N}]/u;

/** @returns {string[]} the words of a query, the longest first, so that it wins where two match */
export function wordsOf(query) {
	return (fold(query).match(/[\p{L}\p{N}]+/gu) ?? []).sort((one, other) => other.length - one.length);
}

/**
 * Finds where a text has words that begin with the given ones, without regard to case and accents, as the search does.
 *
 * @param {string[]} words of `wordsOf`
 * @returns {{start: number, end: number}[]} the places in the text, in their order
 */
export function placesOf(text, words) {
	const found = [];
	if (words.length > 0) {
		const { folded, placeAt } = foldedWithPlaces(text);
		const pattern = new RegExp(words.join('|'), 'gu');
		for (let match = pattern.exec(folded); match; match = pattern.exec(folded)) {
			if (beginsWord(folded, match.index)) {
				found.push({ start: placeAt(match.index), end: placeAt(pattern.lastIndex) });
			} else {
				pattern.lastIndex = match.index + 1;
			}
		}
	}
	return found;
}

function beginsWord(text, at) {
	const before = text[at - 1] ?? '';
	return !WORD.test(before) || UNSPACED.test(before) || UNSPACED.test(text[at]);
}

/** Folds a text, and tells from which of its characters each folded one came. */
function foldedWithPlaces(text) {
	if (!/[^\x20-\x7e\s]/.test(text)) {
		return { folded: text.toLowerCase(), placeAt: (at) => at };
	}
	const places = [];
	let folded = '';
	for (let at = 0; at < text.length; at++) {
		const part = fold(text[at]);
		folded += part;
		places.push(...Array.from({ length: part.length }, () => at));
	}
	return { folded, placeAt: (at) => places[at] ?? text.length };
}

function fold(text) {
	return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss').replace(/ς/g, 'σ');
}
