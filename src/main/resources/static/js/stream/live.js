import * as api from './api.js';
import { Backoff } from './backoff.js';
import { Failure } from './failure.js';
import { Slice } from '../lib/slice.js';
import { EventReader } from './sse.js';

const TRIES = 10;
const DISMISSED_MS = 5000;
const END_MS = 1000;

/** A connection that is back within this time was never missed: a server that restarts sends its readers to another one. */
const MISSED_MS = 1000;

/**
 * The server sends a heartbeat after 15 s of silence. A connection without a byte for longer than two of them is dead.
 */
const SILENCE_MS = 35_000;

/**
 * The events of one answer, in order, each exactly once, over as many connections as needed. After a broken connection it
 * continues behind the last event that arrived.
 */
export class LiveStream {

	streamId;
	lastId = 0;
	isDismissed = false;

	#dismiss;

	/** Resolves when the reader no longer waits for the answer. */
	dismissed = new Promise((resolve) => (this.#dismiss = resolve));

	#onEvent;
	#onConnection;
	#over = false;
	#request = new AbortController();
	#lastByte = Date.now();
	#missing;
	#backoff = new Backoff();

	/**
	 * @param {(name: string, data: object) => void} onEvent
	 * @param {(connected: boolean) => void} onConnection false when it has reconnected for a while without success
	 */
	constructor(onEvent, onConnection) {
		this.#onEvent = onEvent;
		this.#onConnection = onConnection;
	}

	/** Sends the question and reads the answer to its end. Rejects if the answer can no longer be had. */
	ask(question) {
		return this.#readToEnd((signal) => api.ask(question, signal));
	}

	/** Reads a running stream from the event after `lastId` to its end. */
	attach(streamId) {
		this.streamId = streamId;
		return this.#readToEnd(this.#reattach);
	}

	/** Stops reading. The stream itself continues. */
	close() {
		this.#over = true;
		this.#request.abort();
		this.#backoff.wake();
	}

	/** Ends the wait for this answer. It is read for up to 5 s more, to learn the stream id that stopping needs. */
	dismiss() {
		this.isDismissed = true;
		this.#dismiss();
		setTimeout(() => this.close(), DISMISSED_MS);
	}

	/** Checks at once whether the connection is still good, after a change of network or visibility. */
	nudge(networkChanged) {
		if (networkChanged || Date.now() - this.#lastByte > SILENCE_MS) {
			if (this.streamId) {
				this.#request.abort();
			}
			this.#backoff.wake();
		}
	}

	#reattach = (signal) => api.reattach(this.streamId, this.lastId, signal);

	async #readToEnd(open) {
		let failures = 0;
		while (!this.#over) {
			const before = this.lastId;
			await this.#readOnce(open);
			if (this.#over) {
				return;
			}
			failures = this.lastId > before ? 0 : failures + 1;
			if (failures > TRIES) {
				throw Failure.of('interrupted');
			}
			this.#missing ||= setTimeout(() => this.#onConnection(false), MISSED_MS);
			await this.#backoff.pause(failures);
			open = this.#reattach;
		}
	}

	/** Reads over one connection. Resolves if a further connection may help, rejects if not. */
	async #readOnce(open) {
		this.#request = new AbortController();
		const watch = setInterval(() => this.nudge(false), SILENCE_MS / 4);
		try {
			await this.#read(await open(this.#request.signal));
		} catch (problem) {
			if (!this.#over) {
				this.#judge(problem);
			}
		} finally {
			clearInterval(watch);
		}
	}

	#judge(problem) {
		if (problem.status === 404 && this.streamId) {
			throw Object.assign(Failure.of('interrupted'), { isLost: true });
		}
		const refused = problem.status >= 400 && problem.status < 500 && problem.status !== 429;
		if (!this.streamId || refused) {
			throw problem instanceof Failure ? problem : Failure.of('network');
		}
	}

	async #read(response) {
		clearTimeout(this.#missing);
		this.#missing = 0;
		this.#onConnection(true);
		const events = new EventReader();
		const body = response.body.getReader();
		const slice = new Slice();
		while (!this.#over) {
			const { done, value } = await body.read();
			if (done) {
				break;
			}
			this.#lastByte = Date.now();
			for (const event of events.push(value)) {
				this.#take(event);
				await slice.yield();
			}
			await slice.yield();
		}
		// The server ends the response itself. A browser reports a body that is cancelled before as a request that failed.
		setTimeout(() => body.cancel().catch(() => {}), END_MS);
		if (!this.#over && !this.streamId) {
			throw Failure.of('interrupted');
		}
	}

	#take({ event, data, id }) {
		const number = Number(id);
		if (this.#over || number <= this.lastId) {
			return;
		}
		const content = JSON.parse(data);
		this.lastId = number;
		this.streamId ??= content.streamId;
		this.#over = event === 'complete' || event === 'error';
		this.#onEvent(event, content);
	}

}
