/** Characters of scripts that run from right to left, and control characters that set this direction. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * The `dir` of a message box with this text. With `auto` the browser looks at all paragraphs at each change, which takes
 * half of the time of a large paste. So `auto` is used only if the text has a right-to-left character.
 *
 * @returns {string} empty without text: the box then runs as the page does
 */
export function directionOf(text) {
	return RIGHT_TO_LEFT.test(text) ? 'auto' : text && 'ltr';
}
