import { load } from './lazy.js';

/**
 * Colours code and sets formulas a moment after they were written, so that text never waits for it. What that
 * takes is loaded when the first code block or formula appears. The elements that the HTML asks for stay as they are:
 * colours go inside a code element, a formula into the shadow tree of its element.
 */

const PAUSE_MS = 300;
const SLICE_MS = 8;
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
		drawAll(block, '.math');
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
	let sliceEnd = performance.now() + SLICE_MS;
	for (const [block, onDrawn] of blocks) {
		await loadFor(block);
		const drawn = Object.keys(modules).map((selector) => drawAll(block, selector));
		if (drawn.includes(true) && block.isConnected) {
			onDrawn();
		}
		if (performance.now() > sliceEnd) {
			await idle();
			sliceEnd = performance.now() + SLICE_MS;
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

/** @returns {boolean} whether the size of anything may have changed */
function drawAll(block, selector) {
	const module = loaded.get(selector);
	let changed = false;
	if (module) {
		for (const element of block.querySelectorAll(selector)) {
			changed = module.draw(element) || changed;
		}
	}
	return changed;
}

function idle() {
	return new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(resolve));
}
