import { DrawingQueue } from './drawing-queue.js';

/**
 * Colours code, renders formulas and loads the beginnings of long answers shortly after the rest was written, so that text
 * never waits for them. The elements of the HTML stay: colours go inside a code element, a formula into the shadow tree of
 * its element. Each kind has its own queue, so that formulas do not wait for code.
 */

const PAUSE_MS = 300;

/** How each formula begins in the HTML of an answer. */
const FORMULA = 'class="math';

const formulas = new DrawingQueue('.math', 'answer/formulas.js');
const queues = [
	new DrawingQueue('pre:not(.rest) > code[class]', 'answer/highlight.js'),
	formulas,
	new DrawingQueue('.beginning > a', 'answer/beginning.js'),
	new DrawingQueue('.markup-end, .markup-late', 'answer/limits.js'),
];

const due = new Map();
let timer = 0;

/**
 * Schedules drawing for a part of an answer that was written. Formulas are rendered at once if there is time, so that a
 * rendered formula does not show its source again.
 *
 * @param {Element} part
 * @param {() => void} onDrawn called after the look, and possibly the height, of the part has changed
 * @param {Slice} slice the budget for formulas
 */
export function touched(part, onDrawn, slice) {
	if (!queues.some((queue) => queue.isNeededBy(part))) {
		return;
	}
	formulas.drawNow(part, slice);
	due.delete(part);
	due.set(part, onDrawn);
	timer ||= setTimeout(begin, PAUSE_MS);
}

/**
 * Loads the module for formulas before the first of them is written, because a formula that is drawn later moves the text
 * behind it.
 *
 * @param {{html: string}[]} patches
 * @returns {Promise<void>|null} resolves when the patches may be written; null if they may be now
 */
export function preparation(patches) {
	const mustWait = !formulas.isPrepared && patches.some(({ html }) => html.includes(FORMULA));
	return mustWait ? formulas.prepare() : null;
}

/** Renders the formulas in view, and those of one view above, before the text is shown. @param {HTMLElement} log */
export async function drawInView(log) {
	await formulas.prepare();
	formulas.drawInView(log);
}

function begin() {
	timer = 0;
	queues.forEach((queue) => queue.add(due));
	due.clear();
}
