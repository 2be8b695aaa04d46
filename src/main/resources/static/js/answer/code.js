import { languageName } from './language-names.js';
import { texts } from '../lib/texts.js';

/**
 * The page's additions to an answer's HTML: a bar above each code block and table, and attributes on tables, formulas and
 * links. They depend only on the HTML, so that two renderings of the same text stay equal.
 * The bar stands before the code block or table and never inside it, because text may still be added there.
 */

const DRESSED = /<(?:pre|table|a|li|blockquote)\b|<div class="math/;

export function needsDress(markup) {
	return DRESSED.test(markup);
}

/** Adds what is missing below this node, and removes bars that stand above nothing. Existing additions stay as they are. */
export function dress(root) {
	for (const bar of root.querySelectorAll('.code-bar')) {
		if (!['pre', 'table'].includes(bar.nextElementSibling?.localName)) {
			bar.remove();
		}
	}
	root.querySelectorAll('pre').forEach(dressCode);
	root.querySelectorAll('table:not([tabindex])').forEach(dressTable);
	root.querySelectorAll('div.math:not([tabindex])').forEach((formula) => dressScroller(formula, texts.formula));
	root.querySelectorAll('a[href]:not([target])').forEach(dressLink);
	// The element's own text decides on which side its bullet, bar or first column stands.
	root.querySelectorAll(':is(li, blockquote, table):not([dir])').forEach((element) => (element.dir = 'auto'));
}

/** Whether both are bars, and of the same kind. */
export function isBar(old, next) {
	return [old, next].every(({ className }) => className === 'code-bar') && old.dataset.of === next.dataset.of;
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
	const language = languageName(languageOf(block));
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
	bar.append(name, button(texts.wrap, 'wrap'), button(texts.download, 'download'), button(texts.copy, 'copy-code'));
	return bar;
}

/** The buttons above a table. They take no room, so that a table that arrives does not move. */
function tableBar() {
	const bar = document.createElement('div');
	bar.className = 'code-bar';
	bar.dataset.of = 'table';
	bar.append(button(texts.csv, 'csv'), button(texts.copyTable, 'copy-table'));
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

/** The word that names the language of a code block in Markdown; empty if there is none. */
export function languageOf(block) {
	const name = /(?:^|\s)language-(\S+)/.exec(block.firstElementChild?.className ?? '');
	return name ? name[1] : '';
}

function dressTable(table) {
	dressScroller(table, texts.table);
	table.before(tableBar());
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
