import { Painter } from './paint.js';
import { language, texts } from './texts.js';

/** One question on the page. Its text goes in as text, never as HTML. */
export class QuestionTurn {

	constructor(record) {
		this.record = record;
		this.element = clone('question-turn');
		this.element.querySelector('.said').textContent = record.text;
		showTime(this.element, record.at);
	}

	snapshot() {
		return this.record;
	}

}

/**
 * One answer on the page, from "thinking" to its end. `record` is what is remembered of it: plain data.
 *
 * States: `thinking`, `responding`, then `completed`, `stopped` or `interrupted`.
 */
export class AnswerTurn {

	#painter;
	#reasoning = '';

	constructor(record, onPainted) {
		this.record = record;
		this.element = clone('answer-turn');
		this.#painter = new Painter(this.#part('.prose'), () => {
			this.#paintReasoning();
			if (this.element.isConnected) {
				onPainted();
			}
		});
		this.#restore();
	}

	get running() {
		return this.record.state === 'thinking' || this.record.state === 'responding';
	}

	get #hasText() {
		return Boolean(this.record.markdown || this.record.reasoning || this.record.html?.length);
	}

	/** What it was heard to say is forgotten: its stream is read from the start. */
	start({ streamId, messageId, model, source, omittedMessages }) {
		Object.assign(this.record, { id: messageId, streamId, model, source, omittedMessages, markdown: '', reasoning: '' });
		this.#reasoning = '';
		this.#part('.reasoning-text').textContent = '';
		this.#painter.reset([]);
		this.show();
	}

	reason(delta) {
		this.record.reasoning += delta;
		this.#reasoning += delta;
		this.#painter.apply([]);
	}

	say({ content, patches }) {
		this.record.markdown += content;
		this.#painter.apply(patches ?? []);
		if (this.record.state !== 'responding') {
			this.record.state = 'responding';
			this.show();
		}
	}

	fallBack({ source, message }) {
		Object.assign(this.record, { source, fallback: message });
		this.show();
	}

	/** The model is asked without the turns that stand above. */
	forget() {
		this.record.forgotten = true;
	}

	complete({ status, finishReason, source, model, provider, usage, timing }) {
		const known = { finishReason, source, model, provider, usage, timing };
		for (const [name, value] of Object.entries(known)) {
			this.record[name] = value ?? this.record[name];
		}
		this.record.state = status === 'stopped' ? 'stopped' : 'completed';
	}

	/** Ends early: on the reader's wish before anything began, or by a failure. */
	breakOff(state) {
		this.record.state = state;
	}

	hold() {
		this.#painter.hold();
	}

	release() {
		this.#painter.release();
	}

	/** Writes what is due, and shows the state. */
	settle() {
		this.#painter.flush();
		this.show();
	}

	/** What is to be remembered, with the HTML as far as it has come. */
	snapshot() {
		return { ...this.record, html: this.#painter.html() };
	}

	show() {
		const { state, model, source, at } = this.record;
		this.element.dataset.state = state;
		this.element.setAttribute('aria-busy', String(this.running));
		this.element.hidden = state === 'interrupted' && !this.#hasText;
		this.#fill('.model', source === 'mock' ? '' : model);
		this.#part('.mock').hidden = source !== 'mock';
		this.#fill('.notice', noticeOf(this.record));
		this.#fill('.ending', endingOf(this.record));
		this.#fill('.facts', factsOf(this.record));
		this.#part('.answer-actions').hidden = this.running || !this.record.markdown;
		this.#showReasoning();
		showTime(this.element, at);
	}

	#restore() {
		this.record.markdown ??= '';
		this.record.reasoning ??= '';
		this.#reasoning = this.record.reasoning;
		this.#painter.reset(this.record.html ?? []);
		this.settle();
	}

	/** Open while it is all there is; the reader's own choice stands after that. */
	#showReasoning() {
		const details = this.#part('.reasoning');
		details.hidden = !this.record.reasoning;
		if (details.dataset.state !== this.record.state) {
			details.dataset.state = this.record.state;
			details.open = this.record.state === 'thinking';
		}
	}

	#paintReasoning() {
		if (this.#reasoning) {
			this.#part('.reasoning-text').append(this.#reasoning);
			this.#reasoning = '';
			this.#showReasoning();
		}
	}

	#fill(selector, text) {
		const part = this.#part(selector);
		part.textContent = text ?? '';
		part.hidden = !text;
	}

	#part(selector) {
		return this.element.querySelector(selector);
	}

}

function clone(id) {
	return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

function showTime(element, at) {
	const time = element.querySelector('time');
	const date = new Date(at);
	time.dateTime = date.toISOString();
	time.textContent = date.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
	time.title = date.toLocaleString(language);
}

function noticeOf({ forgotten, omittedMessages, fallback }) {
	return [forgotten && texts.forgotten, omittedMessages && texts.omitted(omittedMessages), fallback].filter(Boolean).join(' ');
}

function endingOf({ state, finishReason }) {
	return texts.endings[state === 'completed' ? finishReason : state];
}

/** Only what is known: an absent value is left out, not shown as 0. */
function factsOf({ usage, timing }) {
	const facts = [
		usage?.completionTokens != null && texts.tokens(usage.completionTokens),
		timing?.totalMs != null && texts.duration(timing.totalMs),
		timing?.firstTokenMs != null && texts.firstToken(timing.firstTokenMs),
		usage?.cost != null && texts.cost(usage.cost),
	];
	return facts.filter(Boolean).join(' · ');
}
