/** Letters of scripts that run from right to left, and the marks that make text do so. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Which way the text of a message box runs, as its `dir`. To find that out is left to the browser only where there is
 * something to find out, since it looks at all paragraphs each time: that takes half of the time of a large paste.
 *
 * @returns {string} empty where there is no text: then as the page
 */
export function directionOf(text) {
	return RIGHT_TO_LEFT.test(text) ? 'auto' : text && 'ltr';
}
