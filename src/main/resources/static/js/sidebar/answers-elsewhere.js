import { load } from '../lib/lazy.js';
import * as api from '../stream/api.js';

/** The running answers of other conversations, which this page reads in the background. The list marks them. */
export class AnswersElsewhere {

	/** The id of the conversation on the page. */
	current;

	#answering;
	#running = [];
	#readers;
	#mark;
	#onEnd;

	/**
	 * @param {(ids: Set<string>) => void} mark marks the conversations that have a running answer
	 * @param {() => void} onEnd called when an answer that was read in the background has ended
	 */
	constructor(current, mark, onEnd) {
		this.current = current;
		this.#mark = mark;
		this.#onEnd = onEnd;
	}

	/** Notes which conversation on the page has a running answer; undefined for none. */
	setAnswering(id) {
		this.#show(id, this.#running);
	}

	/** Finds the running answers of other conversations, and reads them. */
	async look() {
		const streams = await api.streams().catch(() => null);
		const running = streams?.filter(({ state, conversationId }) => state === 'running' && conversationId !== this.current);
		if (running) {
			this.#show(this.#answering, running.map(({ conversationId }) => conversationId));
		}
		if (running?.length > 0) {
			const { BackgroundReaders } = await load('stream/background-readers.js');
			this.#readers ??= new BackgroundReaders(this.#onEnd);
			this.#readers.keepUp(running);
		}
	}

	#show(answering, running) {
		this.#answering = answering;
		this.#running = running;
		this.#mark(new Set([...running, answering]));
	}

}
