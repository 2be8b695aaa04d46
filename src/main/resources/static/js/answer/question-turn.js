import { Painter } from './paint.js';
import { addText } from './text-parts.js';
import { Turn } from './turn.js';
import { showDay } from '../lib/clock.js';
import { load } from '../lib/lazy.js';

/** A question with more lines is folded. A longer line counts as several lines. The server decides the same. */
const LINES = 12;
const LINE_CHARS = 80;

/** One question on the page. It is shown as it was typed until the server has sent its HTML. */
export class QuestionTurn extends Turn {

	#isRendered = false;

	/** @param {HTMLElement} [element] the question as the server rendered it; its text stays as it is */
	constructor(record, element) {
		super(record, 'question-turn', element);
		const said = this.part('.said');
		if (element) {
			this.#isRendered = true;
			new Painter(said).adopt();
		} else {
			said.classList.add('typed');
			said.toggleAttribute('data-tall', isTall(record.content));
			addText(said, record.content);
		}
		this.show();
	}

	get running() {
		return false;
	}

	/** Shows the date, if it is another one than that of the turn before. @param {Turn} [before] */
	showDay(before) {
		showDay(this.part('.day'), this.record.createdAt, before?.record.createdAt);
	}

	show() {
		super.show();
		this.#showFiles();
		if (this.record.html && !this.#isRendered) {
			this.#isRendered = true;
			this.#render(this.record.html);
		}
	}

	/** Shows the files, unless the server has rendered them. Few questions have any, so it is loaded with the first. */
	#showFiles() {
		const list = this.part('.attached');
		const { attachments } = this.record;
		if (attachments?.length > 0 && list.childElementCount === 0) {
			load('answer/attached.js').then(({ showFiles }) => showFiles(list, attachments)).catch(() => {});
		}
	}

	/** Renders beside the page, and replaces the typed text when the first elements are there. */
	#render(html) {
		const said = this.part('.said');
		const rendered = said.cloneNode(false);
		rendered.classList.remove('typed');
		const painter = new Painter(rendered, () => rendered.hasChildNodes() && said.replaceWith(rendered));
		painter.reset([html]);
		painter.flush();
	}

}

function isTall(text) {
	const lines = text.trimEnd().split('\n');
	return lines.reduce((sum, line) => sum + 1 + Math.floor(line.length / LINE_CHARS), 0) > LINES;
}
