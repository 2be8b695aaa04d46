import * as api from './api.js';
import { LiveStream } from './live.js';
import { afterOthers } from './readers.js';

/** The conversation on the page needs connections too. */
const MOST = 3;

/**
 * The answers that are being made in conversations other than the one on the page. The server ends an answer that
 * nobody reads; these are read, and nothing of them is shown, so that they are there when the reader comes back.
 */
export class Elsewhere {

	#known = new Set();
	#reading = 0;
	#onRunning;
	#onEnd;

	/**
	 * @param {(conversationIds: string[]) => void} onRunning where answers are being made
	 * @param {() => void} onEnd one of them has ended
	 */
	constructor(onRunning, onEnd) {
		this.#onRunning = onRunning;
		this.#onEnd = onEnd;
	}

	/** Looks what runs, and reads what is not read yet. @param {string} here the conversation on the page */
	async look(here) {
		const streams = await api.streams().catch(() => null);
		if (streams) {
			const running = streams.filter(({ state, conversationId }) => state === 'running' && conversationId !== here);
			this.#onRunning(running.map(({ conversationId }) => conversationId));
			running.filter(({ streamId }) => !this.#known.has(streamId)).forEach((stream) => this.#keepUp(stream));
		}
	}

	async #keepUp({ streamId, lastEventId }) {
		this.#known.add(streamId);
		let hasRead = false;
		await afterOthers(streamId, async () => {
			hasRead = this.#reading < MOST;
			if (hasRead) {
				await this.#read(streamId, lastEventId);
			}
		});
		this.#known.delete(streamId);
		if (hasRead) {
			this.#onEnd();
		}
	}

	async #read(streamId, lastEventId) {
		this.#reading++;
		const live = new LiveStream(() => {}, () => {});
		live.lastId = lastEventId;
		await live.attach(streamId).catch(() => {});
		this.#reading--;
	}

}
