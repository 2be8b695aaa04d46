/**
 * Footnotes. A text has no ids, because another text of the page could have the same ones. So the link of a
 * reference leads to the note of the same number in the same text, and the link of a note to its first reference.
 */

const REFERENCE = '.note-ref > a';
const NOTE = '.note > sup > a';

/** Moves to the other end of a footnote's link, if one was clicked. */
export function followNote(event) {
	const link = event.target.closest(`${REFERENCE}, ${NOTE}`);
	if (!link) {
		return;
	}
	event.preventDefault();
	const others = link.closest('.rendered').querySelectorAll(link.matches(REFERENCE) ? NOTE : REFERENCE);
	const target = Array.from(others).find(({ textContent }) => textContent === link.textContent);
	target?.closest('details')?.setAttribute('open', '');
	target?.focus();
}
