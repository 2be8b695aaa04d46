import { MAX_FORMULA_CHARS } from './formula-size.js';
import { fonts, script, stylesheet } from './katex.js';
import { inNextTask } from '../lib/slice.js';

/** A formula comes from an untrusted source: no commands that reach the page, no endless macros, no huge boxes. */
const LIMITS = { trust: false, strict: 'ignore', maxExpand: 200, maxSize: 20, throwOnError: true };

/** A browser lays out one formula as a whole. No formula in a real answer has more elements. */
const MAX_ELEMENTS = 4000;

const style = await stylesheet();
await Promise.all([script(), fonts()]);
// The first formula takes longer than others, because the browser compiles KaTeX meanwhile. So it has a task of its own.
await new Promise(inNextTask);
globalThis.katex.renderToString('x^2', LIMITS);
await new Promise(inNextTask);

/** The TeX source that each element's shadow tree shows. */
const shown = new WeakMap();

/**
 * Renders a formula into the shadow tree of the element. The element's own text stays the TeX source of the answer. Text
 * that is not valid TeX, or is too much for a browser, stays as it is.
 *
 * @param {HTMLElement} element
 * @returns {number} the number of elements that show the formula; 0 if the element looks as before
 */
export function draw(element) {
	const tex = element.textContent;
	if (shown.get(element) === tex || isGrowing(element)) {
		return 0;
	}
	shown.set(element, tex);
	const formula = set(tex, isDisplay(element));
	if (!formula && !element.shadowRoot) {
		return 0;
	}
	const tree = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
	tree.adoptedStyleSheets = [style];
	// A slot shows the element's own text, in place of the formula that the text was before.
	tree.replaceChildren(formula ?? document.createElement('slot'));
	return tree.querySelectorAll('*').length;
}

/** @returns {string|null} a formula as MathML, for a file; null if its source has to stay */
export function mathmlOf(element) {
	const tex = element.textContent;
	try {
		const mathml = tex.length > MAX_FORMULA_CHARS ? null
			: globalThis.katex.renderToString(tex, { ...LIMITS, output: 'mathml', displayMode: isDisplay(element) });
		return mathml?.replace(/ style="[^"]*"/g, '') ?? null;
	} catch (error) {
		return leaveSource(error);
	}
}

function isDisplay(element) {
	return element.localName === 'div' || element.classList.contains('display');
}

/** Leaves the source of a formula that is not valid TeX, or is nested too deeply. */
function leaveSource(error) {
	if (error.name === 'ParseError' || error instanceof RangeError) {
		return null;
	}
	throw error;
}

/** Whether the formula may still grow. Half a formula is often invalid, or valid with another meaning. */
function isGrowing(element) {
	return element.localName === 'div' && isLast(element) && isLast(element.closest('.block')) && isLast(element.closest('.part'))
		&& Boolean(element.closest('[data-state="responding"]'));
}

function isLast(element) {
	return !element?.nextElementSibling;
}

/** @returns {Node|null} the rendered formula; null if its source has to stay */
function set(tex, displayMode) {
	if (tex.length > MAX_FORMULA_CHARS) {
		return null;
	}
	try {
		const tree = globalThis.katex.__renderToDomTree(tex, { ...LIMITS, displayMode });
		withoutStyles(tree);
		return sizeOf(tree) <= MAX_ELEMENTS ? tree.toNode() : null;
	} catch (error) {
		return leaveSource(error);
	}
}

function sizeOf(node) {
	return (node.children ?? []).reduce((size, child) => size + sizeOf(child), 1);
}

/** Removes the style attributes of some hidden MathML nodes, which the page's policy forbids. */
function withoutStyles(node) {
	delete node.attributes?.style;
	node.children?.forEach(withoutStyles);
}
