import { texts } from '../lib/texts.js';

/**
 * The page's additions to an answer's HTML: a bar above each code block, and attributes on tables, formulas and links.
 * They depend only on the HTML, so that two renderings of the same text stay equal.
 * The bar stands before the code block and never inside it, because text may still be added to the block.
 */

const DRESSED = /<(?:pre|table|a|li|blockquote)\b|<div class="math/;

export function needsDress(markup) {
	return DRESSED.test(markup);
}

/** Adds what is missing below this node, and removes bars without a code block. Existing additions stay as they are. */
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
	// The element's own text decides on which side its bullet, bar or first column stands.
	root.querySelectorAll(':is(li, blockquote, table):not([dir])').forEach((element) => (element.dir = 'auto'));
}

export function isBar(...elements) {
	return elements.every(({ className }) => className === 'code-bar');
}

/**
 * Whether an old element can stay in place of the new one. This is so for a bar of the same language, whose buttons may
 * have been used, and for coloured code that only grew. New text is appended to that code.
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

/** Lets an element that may be wider than the column scroll by keyboard too. */
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
