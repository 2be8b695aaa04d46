/** The pages that an answer cites: a numbered list below it, and links at the numbers in its text. */

const NUMBER = /\[([1-9]\d{0,2})\]/g;
const UNLINKED = 'a, code, pre, .math';

/**
 * Fills the list of the pages.
 *
 * @param {HTMLOListElement} list
 * @param {{url: string, title: string | null}[]} citations
 */
export function listCitations(list, citations) {
	if (list.childElementCount !== citations.length) {
		list.replaceChildren(...citations.map(({ url, title }) => item(link(url, title ?? url))));
	}
	list.hidden = citations.length === 0;
}

/** Turns `[1]` in the text of an answer into a link, except in code, formulas and links, as the server does. */
export function linkNumbers(prose, citations) {
	if (citations.length === 0) {
		return;
	}
	const walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT);
	const found = [];
	for (let text = walker.nextNode(); text; text = walker.nextNode()) {
		if (text.data.includes('[') && !text.parentElement.closest(UNLINKED)) {
			found.push(text);
		}
	}
	found.forEach((text) => linkText(text, citations));
}

function linkText(text, citations) {
	const parts = [];
	let copied = 0;
	for (const { 0: mark, 1: number, index } of text.data.matchAll(NUMBER)) {
		const citation = citations[number - 1];
		if (citation) {
			parts.push(text.data.slice(copied, index), numbered(link(citation.url, mark)));
			copied = index + mark.length;
		}
	}
	if (parts.length > 0) {
		text.replaceWith(...parts, text.data.slice(copied));
	}
}

function numbered(anchor) {
	anchor.className = 'citation';
	return anchor;
}

function link(url, text) {
	const anchor = document.createElement('a');
	Object.assign(anchor, { href: url, target: '_blank', rel: 'noopener noreferrer nofollow', textContent: text });
	return anchor;
}

function item(anchor) {
	const entry = document.createElement('li');
	entry.dir = 'auto';
	entry.append(anchor);
	return entry;
}
