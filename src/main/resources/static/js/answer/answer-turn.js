import { endingOf, factsOf, isConnected, noticeOf } from './facts.js';
import { Painter } from './paint.js';
import { addPicture, showPictures } from './pictures.js';
import { Reasoning } from './reasoning.js';
import { hasOutput, mayResume } from './records.js';
import { Turn } from './turn.js';
import { nameOf } from '../dialogs/models.js';
import { load } from '../lib/lazy.js';

/** Lists the pages that an answer cites, and links their numbers. Few answers cite any, so it is loaded with the first. */
let citing = null;

/**
 * One answer on the page, from "thinking" to its end. Its `state` is `streaming`, then `complete`, `stopped`,
 * `interrupted` or `failed`.
 */
export class AnswerTurn extends Turn {

	#painter;
	#reasoning;
	#stale = false;

	/** @param {HTMLElement} [element] the answer as the server rendered it; its text stays as it is */
	constructor(record, onPainted, element) {
		super(record, 'answer-turn', element);
		const painted = () => this.element.isConnected && onPainted();
		this.#painter = new Painter(this.part('.prose'), () => {
			this.#cite();
			painted();
		});
		this.#reasoning = new Reasoning(this.part('.reasoning'), () => {
			this.#showReasoning();
			painted();
		});
		if (element) {
			this.#adopt();
		} else {
			this.#restore();
		}
	}

	get running() {
		return this.record.state === 'streaming';
	}

	get thinking() {
		return this.running && !this.record.content;
	}

	/** Resolves when all is loaded that shows the text: what draws the first formula, and what lists citations. */
	get ready() {
		return Promise.all([this.#painter.ready, this.record.citations?.length && loadCiting()]);
	}

	/** Begins a stream. An earlier text stays until the first text of the stream arrives. */
	start({ streamId, messageId, model, source, omittedMessages }) {
		Object.assign(this.record, { id: messageId, streamId, model, source, omittedMessages });
		this.#stale = true;
		this.show();
	}

	reason({ reasoning: delta, reasoningPatches, thinkingMs }) {
		this.#freshen();
		this.record.reasoning += delta;
		this.#reasoning.add(reasoningPatches ?? [], thinkingMs);
	}

	say({ content, patches }) {
		const first = this.thinking;
		this.#freshen();
		this.record.content += content;
		this.#painter.apply(patches ?? []);
		if (first) {
			this.show();
		}
	}

	/**
	 * Corrects what was shown: text was reasoning, or reasoning was text. The HTML of the reasoning follows, and in the
	 * second case the words of the text.
	 */
	move({ to, chars }) {
		const { content, reasoning } = this.record;
		const moved = to === 'reasoning' ? reasoning + content : reasoning.slice(0, reasoning.length - chars);
		Object.assign(this.record, { content: to === 'reasoning' ? '' : content, reasoning: moved });
		if (to === 'reasoning') {
			this.#painter.reset([]);
		} else {
			this.#reasoning.reset('');
		}
		this.show();
	}

	draw({ attachment }) {
		addPicture(this.record, attachment);
		this.show();
	}

	fallBack({ source, code }) {
		Object.assign(this.record, { source, fallback: code });
		this.show();
	}

	/** Notes that the model does not receive the turns above. */
	forget() {
		this.record.forgotten = true;
	}

	complete({ status, finishReason, source, model, provider, usage, timing, citations }) {
		const known = { finishReason, source, model, provider, usage, timing, citations };
		for (const [name, value] of Object.entries(known)) {
			this.record[name] = value ?? this.record[name];
		}
		this.record.state = status === 'stopped' ? 'stopped' : 'complete';
	}

	/** Marks the answer as running again: it is continued where it ended. */
	resumeAnswer() {
		Object.assign(this.record, { state: 'streaming', problem: null, finishReason: null });
		this.show();
	}

	/** Ends the answer early: the reader stopped it before it began, or it failed. */
	breakOff(state) {
		this.record.state = state;
	}

	hold() {
		this.#painter.hold();
		this.#reasoning.hold();
	}

	release() {
		this.#painter.release();
		this.#reasoning.release();
	}

	/**
	 * Writes due changes and shows the final state. Copies the texts, because a text that came in a thousand pieces is
	 * kept as these pieces.
	 */
	settle() {
		this.#painter.flush();
		// A formula at the end is drawn as soon as it grows no more.
		this.#showState();
		this.#painter.settle();
		this.#reasoning.settle();
		const { content, reasoning } = this.record;
		Object.assign(this.record, structuredClone({ content, reasoning }));
		this.show();
	}

	show() {
		super.show();
		const { state, source, content } = this.record;
		this.#showState();
		this.element.hidden = ['interrupted', 'failed'].includes(state) && !hasOutput(this.record);
		this.showModel();
		this.part('.mock').hidden = source !== 'mock';
		this.#showNotice();
		this.#cite();
		showPictures(this.part('.drawn'), this.record);
		this.#fill('.ending', endingOf(this.record));
		this.#fill('.facts', factsOf(this.record));
		this.part('.answer-actions').hidden = this.running;
		this.part('[data-action=copy-answer]').hidden = !content;
		this.part('[data-action=continue]').hidden = !mayResume(this.record) || !content;
		this.#showReasoning();
	}

	#showState() {
		this.element.dataset.state = this.running ? (this.thinking ? 'thinking' : 'responding') : this.record.state;
		this.element.setAttribute('aria-busy', String(this.running));
	}

	/** Shows the name of the model. The server knows it, or the list of models brings it later. */
	showModel() {
		const { model, source } = this.record;
		const { dataset, textContent } = this.part('.model');
		const known = dataset.model === model ? textContent : model;
		dataset.model = model ?? '';
		this.#fill('.model', source === 'mock' ? '' : (nameOf(model) ?? known));
	}

	#showNotice() {
		const text = noticeOf(this.record);
		this.part('.notice').hidden = !text;
		this.part('.notice > span').textContent = text;
		this.part('.notice > button').hidden = this.running || this.record.source !== 'mock' || !isConnected();
	}

	/** Lists the cited pages. Links their numbers after the last patch is written: patches belong to text without links. */
	#cite() {
		const citations = this.record.citations ?? [];
		if (citations.length > 0 && citing) {
			citing.listCitations(this.part('.citations'), citations);
			if (!this.running && this.#painter?.isDone) {
				citing.linkNumbers(this.part('.prose'), citations);
			}
		} else if (citations.length > 0) {
			loadCiting().then(() => citing && this.#cite());
		}
	}

	/** Removes the text of an earlier stream, in the same frame in which the new text appears. */
	#freshen() {
		if (this.#stale) {
			this.#stale = false;
			Object.assign(this.record, { content: '', reasoning: '' });
			this.#reasoning.restart();
			this.#painter.reset([]);
		}
	}

	/** Keeps the server's elements and adds what only a script can add. */
	#adopt() {
		this.#painter.adopt();
		this.#reasoning.adopt();
		this.show();
	}

	#restore() {
		this.record.content ??= '';
		this.record.reasoning ??= '';
		this.#reasoning.reset(this.record.reasoningHtml);
		this.#painter.reset(this.record.html ? [this.record.html] : []);
		this.settle();
	}

	#showReasoning() {
		const { reasoning, timing } = this.record;
		this.#reasoning.show(this.element.dataset.state, {
			hasText: Boolean(reasoning),
			isThinking: this.thinking,
			total: this.running ? null : timing?.thinkingMs,
		});
	}

	#fill(selector, text) {
		const part = this.part(selector);
		part.textContent = text ?? '';
		part.hidden = !text;
	}

}

async function loadCiting() {
	citing ??= await load('answer/citations.js').catch(() => null);
}
