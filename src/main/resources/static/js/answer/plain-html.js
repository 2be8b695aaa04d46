const KEPT = new Set(['href', 'start', 'align', 'type', 'checked', 'disabled']);

/**
 * An answer's own HTML for other programs: without what the page adds, so that tables and lists arrive there as such.
 *
 * @param {Element} element the answer, or a part of it
 * @returns {string} empty if its beginning is not on the page yet
 */
export function plainHtmlOf(element) {
	if (element.querySelector('.beginning')) {
		return '';
	}
	const copy = element.cloneNode(true);
	copy.querySelectorAll('.code-bar').forEach((bar) => bar.remove());
	for (const part of [copy, ...copy.querySelectorAll('*')]) {
		[...part.attributes].filter(({ name }) => !KEPT.has(name)).forEach(({ name }) => part.removeAttribute(name));
	}
	return copy.outerHTML;
}
