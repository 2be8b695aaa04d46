import { texts } from './texts.js';

/**
 * What the page adds to an answer's HTML: a bar above each code block, and attributes on tables,
 * formulas and links.
 * It depends on the HTML alone, so that two renderings of the same text stay equal with it.
 * The bar goes in front of the block and never inside it, where text may still grow.
 */

const DRESSED = /<(?:pre|table|a|li|blockquote)\b|<div class="math/;

export function needsDress(markup) {
	return DRESSED.test(markup);
}

/** Adds what is missing below this node; what is there already is left alone. */
export function dress(root) {
	for (const bar of root.querySelectorAll('.code-bar')) {
		if (bar.nextElementSibling?.localName !== 'pre') {
			bar.remove();
		}
	}
	root.querySelectorAll('pre').forEach(dressCode);
	root.querySelectorAll('table:not([tabindex])').forEach((table) => dressScroller(table, texts.table));
	root.querySelectorAll('div.math:not([tabindex])').forEach((formula) => dressScroller(formula, texts.formula));
	root.querySelectorAll('a[href]:not([target])').forEach(dressLink);
	// The side of a bullet, a bar and a first column is that of the element's own text.
	root.querySelectorAll(':is(li, blockquote, table):not([dir])').forEach((element) => (element.dir = 'auto'));
}

export function isBar(...elements) {
	return elements.every(({ className }) => className === 'code-bar');
}

/**
 * Whether an element that is there may stay in place of one that the HTML asks for: a bar that somebody has used,
 * or code that was coloured. Text that is new in the code is added to it.
 */
export function isKept(old, next) {
	if (isBar(old, next)) {
		return old.firstChild.textContent === next.firstChild.textContent;
	}
	return isColoured(old) && grows(old, next.textContent);
}

function isColoured(code) {
	return code.localName === 'code' && code.parentNode.localName === 'pre' && code.firstElementChild !== null;
}

function grows(code, text) {
	const before = code.textContent;
	if (!text.startsWith(before)) {
		return false;
	}
	if (text.length > before.length) {
		code.append(text.slice(before.length));
	}
	return true;
}

function dressCode(block) {
	if (block.previousElementSibling?.className === 'code-bar') {
		return;
	}
	const language = languageOf(block);
	block.tabIndex = 0;
	block.dir = 'ltr';
	block.setAttribute('role', 'group');
	block.setAttribute('aria-label', language ? `${texts.code}: ${language}` : texts.code);
	if (!block.classList.contains('rest')) {
		block.before(codeBar(language));
	}
}

function codeBar(language) {
	const bar = document.createElement('div');
	bar.className = 'code-bar';
	bar.dir = 'ltr';
	const name = document.createElement('span');
	name.textContent = language;
	bar.append(name, button(texts.wrap, 'wrap'), button(texts.copy, 'copy-code'));
	return bar;
}

function button(name, action) {
	const element = document.createElement('button');
	element.type = 'button';
	element.className = 'quiet';
	element.dataset.action = action;
	element.textContent = name;
	return element;
}

function languageOf(block) {
	const name = /(?:^|\s)language-(\S+)/.exec(block.firstElementChild?.className ?? '');
	return name ? name[1] : '';
}

/** What may be wider than the column scrolls in itself, by keyboard too. */
function dressScroller(element, name) {
	element.tabIndex = 0;
	element.setAttribute('aria-label', name);
	if (element.localName === 'div') {
		element.setAttribute('role', 'group');
	}
}

function dressLink(link) {
	if (!link.getAttribute('href').startsWith('#')) {
		link.target = '_blank';
		link.rel = 'noopener noreferrer nofollow';
	}
}

/** The exact text of the code block that this button stands above. */
export function codeOf(button) {
	return piecesBelow(button).map(({ textContent }) => textContent).join('');
}

export function toggleWrap(button) {
	const wrapped = button.closest('.code-bar').toggleAttribute('data-wrapped');
	button.setAttribute('aria-pressed', String(wrapped));
	piecesBelow(button).slice(1).forEach((piece) => piece.toggleAttribute('data-wrapped', wrapped));
}

/** A long code block is many. */
function piecesBelow(button) {
	const first = button.closest('.code-bar').nextElementSibling;
	const all = [...first.closest('.prose').querySelectorAll('pre')];
	const from = all.indexOf(first);
	const end = all.findIndex((piece, at) => at > from && !piece.classList.contains('rest'));
	return all.slice(from, end < 0 ? undefined : end);
}

/** Copies text; works on a plain http origin too, where there is no clipboard API. */
export async function copy(text) {
	if (navigator.clipboard) {
		await navigator.clipboard.writeText(text);
		return;
	}
	const area = document.createElement('textarea');
	area.value = text;
	area.className = 'unseen';
	document.body.append(area);
	area.select();
	document.execCommand('copy');
	area.remove();
}
