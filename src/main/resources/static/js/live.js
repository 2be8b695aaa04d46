import * as api from './api.js';
import { EventReader } from './sse.js';

const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 15_000;
const TRIES = 10;
const DISMISSED_MS = 5000;

/** The server breaks each silence after 15 s; twice that without a byte is a connection that is gone. */
const SILENCE_MS = 35_000;

/**
 * One answer's events in order, each exactly once, over as many connections as it takes. A broken
 * connection is taken up again behind the last event that arrived.
 */
export class LiveStream {

	streamId;
	lastId = 0;
	isDismissed = false;

	#dismiss;

	/** Resolved when nobody waits for it any more. */
	dismissed = new Promise((resolve) => (this.#dismiss = resolve));

	#onEvent;
	#onConnection;
	#over = false;
	#request = new AbortController();
	#lastByte = Date.now();
	#wake = () => {};

	/**
	 * @param {(name: string, data: object) => void} onEvent
	 * @param {(connected: boolean) => void} onConnection false while it tries to connect again
	 */
	constructor(onEvent, onConnection) {
		this.#onEvent = onEvent;
		this.#onConnection = onConnection;
	}

	/** Asks, and reads to the end. Fails when there is no answer to be had any more. */
	ask(question) {
		return this.#readToEnd((signal) => api.ask(question, signal));
	}

	/** Reads a stream that runs already, from its start to its end. */
	attach(streamId) {
		this.streamId = streamId;
		return this.#readToEnd(this.#reattach);
	}

	/** Stops reading. The stream itself goes on. */
	close() {
		this.#over = true;
		this.#request.abort();
		this.#wake();
	}

	/** Nobody waits for it: it is read on until it has a name that it can be stopped by, though not for long. */
	dismiss() {
		this.isDismissed = true;
		this.#dismiss();
		setTimeout(() => this.close(), DISMISSED_MS);
	}

	/** Something changed (network, visibility): look at once whether the connection is still good. */
	nudge(networkChanged) {
		if (networkChanged || Date.now() - this.#lastByte > SILENCE_MS) {
			if (this.streamId) {
				this.#request.abort();
			}
			this.#wake();
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
				throw api.Failure.of('interrupted');
			}
			this.#onConnection(false);
			await this.#pause(failures);
			open = this.#reattach;
		}
	}

	/** One connection. Returns when another one may help, fails when it will not. */
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
			throw api.Failure.of('interrupted');
		}
		const refused = problem.status >= 400 && problem.status < 500 && problem.status !== 429;
		if (!this.streamId || refused) {
			throw problem instanceof api.Failure ? problem : api.Failure.of('network');
		}
	}

	async #read(response) {
		const events = new EventReader();
		const body = response.body.getReader();
		while (!this.#over) {
			const { done, value } = await body.read();
			if (done) {
				break;
			}
			this.#lastByte = Date.now();
			events.push(value).forEach((event) => this.#take(event));
		}
		body.cancel().catch(() => {});
		if (!this.#over && !this.streamId) {
			throw api.Failure.of('interrupted');
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
		this.#onConnection(true);
		this.#onEvent(event, content);
	}

	/**
	 * Waits longer each time, with jitter so that many pages do not come back at once, and while the
	 * browser knows that it is offline for as long as that lasts. A nudge ends it.
	 */
	#pause(failures) {
		const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
		return new Promise((resolve) => {
			const timer = navigator.onLine ? setTimeout(resolve, longest * (0.5 + Math.random() / 2)) : 0;
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}

}
