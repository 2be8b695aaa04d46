import { languageOf } from './code.js';

/** The actions of the buttons in the bar of a code block. */

/** The exact text of the code block below this button. */
export function codeOf(button) {
	return piecesBelow(button).map(({ textContent }) => textContent).join('');
}

/** The word that names the language of the code block below this button. */
export function wordOf(button) {
	return languageOf(piecesBelow(button)[0]);
}

export function toggleWrap(button) {
	const wrapped = button.closest('.code-bar').toggleAttribute('data-wrapped');
	button.setAttribute('aria-pressed', String(wrapped));
	piecesBelow(button).slice(1).forEach((piece) => piece.toggleAttribute('data-wrapped', wrapped));
}

/** The `pre` elements of one code block. A long code block has several. */
function piecesBelow(button) {
	const first = button.closest('.code-bar').nextElementSibling;
	const all = [...first.closest('.rendered').querySelectorAll('pre')];
	const from = all.indexOf(first);
	const end = all.findIndex((piece, at) => at > from && !piece.classList.contains('rest'));
	return all.slice(from, end < 0 ? undefined : end);
}
