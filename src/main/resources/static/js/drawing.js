import { load } from './lazy.js';
import { Slice } from './slice.js';

/**
 * Colours code and sets formulas a moment after they were written, so that text never waits for it. What that
 * takes is loaded when the first code block or formula appears. The elements that the HTML asks for stay as they are:
 * colours go inside a code element, a formula into the shadow tree of its element.
 */

const PAUSE_MS = 300;

/** No answer for people has more code blocks, or formulas. Beyond it all stays as it is written. */
const MOST = 2000;

const modules = {
	'pre:not(.rest) > code[class]': 'highlight.js',
	'.math': 'formulas.js',
};
const FORMULA = '.math';
const ANY = Object.keys(modules).join();
const loaded = new Map();
const due = new Map();

/** For each answer what of it was drawn. */
const drawn = new WeakMap();
let timer = 0;

/**
 * Notes that a part of an answer was written. Formulas are set at once where that is possible, so that none that was
 * set shows its source again.
 *
 * @param {Element} part
 * @param {() => void} onDrawn called after its look, and maybe its height, has changed
 * @param {Slice} slice what time there is for formulas
 */
export function touched(part, onDrawn, slice = new Slice()) {
	if (!part.querySelector(ANY)) {
		return;
	}
	drawLast(part, slice);
	due.set(part, onDrawn);
	timer ||= setTimeout(begin, PAUSE_MS);
}

function begin() {
	timer = 0;
	const parts = [...due].reverse();
	due.clear();
	draw(parts);
}

/** Draws the newest first, and lets the page breathe in between. */
async function draw(parts) {
	const slice = new Slice();
	for (const [part, onDrawn] of parts) {
		await loadFor(part);
		for (const selector of Object.keys(modules)) {
			await drawAll(part, selector, slice, onDrawn);
		}
		await slice.pause();
	}
}

/** What cannot be loaded is left out: the text is readable without it. */
async function loadFor(part) {
	for (const [selector, name] of Object.entries(modules)) {
		if (!loaded.has(selector) && part.querySelector(selector)) {
			const module = await load(name).catch(() => null);
			if (module) {
				loaded.set(selector, module);
			}
		}
	}
}

async function drawAll(part, selector, slice, onDrawn) {
	const module = loaded.get(selector);
	if (!module) {
		return;
	}
	let changed = false;
	for (const element of part.querySelectorAll(selector)) {
		changed = (mayDraw(element, selector) && (await module.draw(element))) || changed;
		if (slice.isOver) {
			tell(part, changed, onDrawn);
			changed = false;
			await slice.pause();
		}
	}
	tell(part, changed, onDrawn);
}

function tell(part, changed, onDrawn) {
	if (changed && part.isConnected) {
		onDrawn();
	}
}

/** The newest formulas of a part, for as long as the slice lasts. */
function drawLast(part, slice) {
	const module = loaded.get(FORMULA);
	const formulas = part.getElementsByClassName('math');
	for (let at = formulas.length - 1; module && at >= 0 && !slice.isOver; at--) {
		if (mayDraw(formulas[at], FORMULA)) {
			module.draw(formulas[at]);
		}
	}
}

function mayDraw(element, selector) {
	const answer = element.closest('.prose');
	const all = drawn.get(answer) ?? drawn.set(answer, {}).get(answer);
	const elements = (all[selector] ??= new Set());
	return elements.has(element) || (elements.size < MOST && Boolean(elements.add(element)));
}
