import { load } from '../lib/lazy.js';
import { Slice } from '../lib/slice.js';

/**
 * Colours code, renders formulas and loads the beginnings of long answers shortly after the rest was written, so that text
 * never waits for them. The modules are loaded when the first code block, formula or link to a beginning appears. The
 * elements of the HTML stay: colours go inside a code element, a formula into the shadow tree of its element.
 */

const PAUSE_MS = 300;

/**
 * The limit for code blocks, and for formulas, in one answer. No real answer has more. The rest stays as it was written.
 */
const MOST = 2000;

const modules = {
	'pre:not(.rest) > code[class]': 'answer/highlight.js',
	'.math': 'answer/formulas.js',
	'.beginning > a': 'answer/beginning.js',
};
const FORMULA = '.math';
const ANY = Object.keys(modules).join();
const loaded = new Map();
const due = new Map();

/** For each answer, the elements admitted to drawing, by kind. */
const drawn = new WeakMap();
let timer = 0;

/**
 * Schedules drawing for a part of an answer that was written. Formulas are rendered at once if there is time, so that a
 * rendered formula does not show its source again.
 *
 * @param {Element} part
 * @param {() => void} onDrawn called after the look, and possibly the height, of the part has changed
 * @param {Slice} slice the time budget for formulas
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

/** Draws the newest parts first, with pauses for the page. */
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

/** Loads the modules that a part needs. Without them the text is still readable. */
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

/** Renders the newest formulas of a part until the slice is over. */
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
	if (!answer) {
		return false;
	}
	const all = drawn.get(answer) ?? drawn.set(answer, {}).get(answer);
	const elements = (all[selector] ??= new Set());
	return elements.has(element) || (elements.size < MOST && Boolean(elements.add(element)));
}
