import { LiveStream } from './live.js';
import { afterOthers } from './readers.js';

/** The maximum number of streams read in the background, because the conversation on the page needs connections too. */
const MAX_READ = 3;

/**
 * Reads the running answers of the visitor's other conversations and discards the events. The server ends an answer that
 * nobody reads, so this keeps the answers going until the reader comes back.
 */
export class BackgroundReaders {

	#known = new Set();
	#reading = 0;
	#onEnd;

	/** @param {() => void} onEnd called when one of these answers has ended */
	constructor(onEnd) {
		this.#onEnd = onEnd;
	}

	/** Reads those of the running streams that are not read yet. */
	keepUp(streams) {
		streams.filter(({ streamId }) => !this.#known.has(streamId)).forEach((stream) => this.#keepUp(stream));
	}

	async #keepUp({ streamId, lastEventId }) {
		this.#known.add(streamId);
		let hasRead = false;
		await afterOthers(streamId, async () => {
			hasRead = this.#reading < MAX_READ;
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
