import { load } from './lazy.js';

/**
 * Colours code and sets formulas a moment after they were written, so that text never waits for it. What that
 * takes is loaded when the first code block or formula appears. The elements that the HTML asks for stay as they are:
 * colours go inside a code element, a formula into the shadow tree of its element.
 */

const PAUSE_MS = 300;
const SLICE_MS = 8;

/** No answer for people has more code blocks, or formulas, in one block. */
const MOST = 2000;
const WORTH = /<code class="language-|class="math/;

const modules = {
	'pre > code[class]': 'highlight.js',
	'.math': 'formulas.js',
};
const loaded = new Map();
const due = new Map();
let timer = 0;

/**
 * Notes that a block was written. Formulas are set at once where that is possible, so that none that was set
 * shows its source again.
 *
 * @param {Element} block
 * @param {string} html what the block says
 * @param {() => void} onDrawn called after its look, and maybe its height, has changed
 */
export function touched(block, html, onDrawn) {
	if (!WORTH.test(html)) {
		return;
	}
	if (html.includes('class="math')) {
		drawLast(block);
	}
	due.set(block, onDrawn);
	timer ||= setTimeout(begin, PAUSE_MS);
}

function begin() {
	timer = 0;
	const blocks = [...due].reverse();
	due.clear();
	draw(blocks);
}

/** Draws the newest first, and lets the page breathe in between. */
async function draw(blocks) {
	for (const [block, onDrawn] of blocks) {
		await loadFor(block);
		for (const selector of Object.keys(modules)) {
			await drawAll(block, selector, onDrawn);
		}
	}
}

/** What cannot be loaded is left out: the text is readable without it. */
async function loadFor(block) {
	for (const [selector, name] of Object.entries(modules)) {
		if (!loaded.has(selector) && block.querySelector(selector)) {
			const module = await load(name).catch(() => null);
			if (module) {
				loaded.set(selector, module);
			}
		}
	}
}

/** Draws in slices, and lets the page breathe in between. Beyond a bound all stays as it is written. */
async function drawAll(block, selector, onDrawn) {
	const module = loaded.get(selector);
	if (!module) {
		return;
	}
	let sliceEnd = performance.now() + SLICE_MS;
	let changed = false;
	for (const element of [...block.querySelectorAll(selector)].slice(0, MOST)) {
		changed = (await module.draw(element)) || changed;
		if (performance.now() > sliceEnd) {
			tell(block, changed, onDrawn);
			changed = false;
			await idle();
			sliceEnd = performance.now() + SLICE_MS;
		}
	}
	tell(block, changed, onDrawn);
}

function tell(block, changed, onDrawn) {
	if (changed && block.isConnected) {
		onDrawn();
	}
}

/** The newest formulas of a block, for as long as a slice lasts. */
function drawLast(block) {
	const module = loaded.get('.math');
	const formulas = block.getElementsByClassName('math');
	if (!module || formulas.length > MOST) {
		return;
	}
	const end = performance.now() + SLICE_MS;
	for (let at = formulas.length - 1; at >= 0 && performance.now() < end; at--) {
		module.draw(formulas[at]);
	}
}

function idle() {
	return new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(resolve));
}
