import * as api from './api.js';
import { LiveStream } from './live.js';
import { claim } from './readers.js';

/**
 * The one answer of the conversation on the page that is being made: how it comes, how the reader pauses and
 * stops it.
 */
export class RunningAnswer {

	paused = false;
	connected = true;

	#listener;
	#live = null;
	#turn = null;
	#reading = Promise.resolve();
	#heard = '';

	/**
	 * @param {{started: Function, failed: Function, settled: Function, changed: Function}} listener is told of the
	 * turn's beginning and failure with what the server said, of its end once the reader sees it, and of any change
	 */
	constructor(listener) {
		this.#listener = listener;
	}

	/** Whether events are still to come. */
	get isComing() {
		return this.#live !== null;
	}

	/** Whether the server has told that it has the question. */
	get begun() {
		return Boolean(this.#live?.streamId);
	}

	/** @returns {'idle'|'thinking'|'responding'} as the reader sees it: in a pause an end is still to come */
	get phase() {
		return this.#turn ? (this.#turn.thinking ? 'thinking' : 'responding') : 'idle';
	}

	/** How many words a paused reader has not seen yet. */
	get waitingWords() {
		return this.#heard.match(/\S+/g)?.length ?? 0;
	}

	/** Reads an answer to its end. @param {(live: LiveStream) => Promise<void>} begin */
	async hear(turn, begin) {
		const live = new LiveStream((name, data) => this.#take(live, turn, name, data), (connected) => this.#connection(live, connected));
		this.#live = live;
		this.#turn = turn;
		this.#listener.changed();
		try {
			this.#reading = begin(live);
			await Promise.race([this.#reading, live.dismissed]);
			if (turn.running) {
				turn.breakOff('stopped');
			}
		} catch (problem) {
			this.#listener.failed(turn, problem);
		}
		this.#end();
	}

	/** Ends the answer, whoever asked for it. What has come stays. */
	async stop() {
		const live = this.#live;
		if (!live) {
			return;
		}
		this.resume();
		if (live.streamId) {
			await api.stop(live.streamId).catch(() => live.nudge(true));
		} else {
			this.#reading.catch(() => {});
			live.dismiss();
		}
	}

	/** Ends it while the page goes away. */
	abandon() {
		if (this.#live?.streamId) {
			api.stop(this.#live.streamId).catch(() => {});
		}
	}

	pause() {
		this.paused = true;
		this.#heard = '';
		this.#turn?.hold();
		this.#listener.changed();
	}

	resume() {
		if (!this.paused) {
			return;
		}
		this.paused = false;
		this.#heard = '';
		this.#turn?.release();
		if (!this.#live) {
			this.#settle();
		}
		this.#listener.changed();
	}

	nudge(networkChanged) {
		this.#live?.nudge(networkChanged);
	}

	#handlers = {
		start: (turn, data) => this.#started(turn, data),
		reasoning: (turn, data) => turn.reason(data),
		message: (turn, data) => this.#said(turn, data),
		fallback: (turn, data) => turn.fallBack(data),
		complete: (turn, data) => turn.complete(data),
		error: (turn, data) => this.#listener.failed(turn, new api.Failure(data)),
	};

	#take(live, turn, name, data) {
		if (!live.isDismissed) {
			this.#handlers[name]?.(turn, data);
		} else if (name === 'start') {
			live.close();
			this.#stopLate(turn, data);
		}
	}

	/** The reader stopped it before it had a name; what the page shows of it is known by that name now. */
	#stopLate(turn, data) {
		api.stop(data.streamId).catch(() => {});
		if (!this.isComing) {
			this.#listener.started(turn, data);
		}
	}

	#started(turn, data) {
		claim(data.streamId, this.#reading);
		this.#listener.started(turn, data);
	}

	#said(turn, data) {
		const first = turn.thinking;
		turn.say(data);
		if (this.paused) {
			this.#heard += data.content;
		}
		if (first) {
			this.#listener.changed();
		}
	}

	#end() {
		this.#live = null;
		this.connected = true;
		if (!this.paused) {
			this.#settle();
		}
		this.#listener.changed();
	}

	#settle() {
		const turn = this.#turn;
		this.#turn = null;
		turn.settle();
		this.#listener.settled(turn);
	}

	#connection(live, connected) {
		if (live === this.#live && connected !== this.connected) {
			this.connected = connected;
			this.#listener.changed();
		}
	}

}
