import { texts } from './texts.js';

/**
 * What the page adds to an answer's HTML: a bar above each code block, and attributes on tables and links.
 * It depends on the HTML alone, so that two renderings of the same text stay equal with it.
 * The bar goes in front of the block and never inside it, where text may still grow.
 */

const DRESSED = /<(?:pre|table|a)\b/;

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
	root.querySelectorAll('table:not([tabindex])').forEach(dressTable);
	root.querySelectorAll('a[href]:not([target])').forEach(dressLink);
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
	block.before(codeBar(language));
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

function dressTable(table) {
	table.tabIndex = 0;
	table.setAttribute('aria-label', texts.table);
}

function dressLink(link) {
	if (!link.getAttribute('href').startsWith('#')) {
		link.target = '_blank';
		link.rel = 'noopener noreferrer nofollow';
	}
}

/** The exact text of the code block that this button stands above. */
export function codeOf(button) {
	return button.closest('.code-bar').nextElementSibling.textContent;
}

export function toggleWrap(button) {
	const wrapped = button.closest('.code-bar').nextElementSibling.classList.toggle('wrapped');
	button.setAttribute('aria-pressed', String(wrapped));
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
