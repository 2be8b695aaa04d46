import * as api from './api.js';
import { Failure } from './failure.js';
import { LiveStream } from './live.js';
import { Pause } from './pause.js';
import { claim } from './readers.js';

/** The running answer of the conversation on the page. Reads, pauses and stops it. */
export class RunningAnswer {

	connected = true;

	#listener;
	#live = null;
	#turn = null;
	#reading = Promise.resolve();
	#pause = new Pause(() => this.#listener.changed());

	/**
	 * @param {{started: Function, failed: Function, settled: Function, changed: Function}} listener called at the start
	 * and at a failure of the turn with the server's data, at its end when the reader sees it, and after any change
	 */
	constructor(listener) {
		this.#listener = listener;
	}

	/** Whether more events are expected. */
	get isComing() {
		return this.#live !== null;
	}

	/** Whether the server has confirmed that it has the question. */
	get begun() {
		return Boolean(this.#live?.streamId);
	}

	/**
	 * @returns {'idle'|'thinking'|'responding'} the phase that the reader sees: during a pause the end is not visible yet
	 */
	get phase() {
		return this.#turn ? (this.#turn.thinking ? 'thinking' : 'responding') : 'idle';
	}

	/** Whether the model has said nothing yet, not even thoughts. */
	get isWaiting() {
		return this.phase === 'thinking' && !this.#turn.record.reasoning;
	}

	get paused() {
		return this.#pause.isOn;
	}

	/** The number of words that arrived during the pause. */
	get waitingWords() {
		return this.#pause.words;
	}

	/** Reads an answer to its end. @param {(live: LiveStream) => Promise<void>} begin */
	async readAnswer(turn, begin) {
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
		await turn.ready;
		this.#end();
	}

	/** Stops the answer, even one that another tab asked for. The text that has arrived stays. */
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

	/** Stops the answer while the page is being left. */
	abandon() {
		if (this.#live?.streamId) {
			api.stop(this.#live.streamId).catch(() => {});
		}
	}

	pause() {
		this.#pause.begin();
		this.#turn?.hold();
		this.#listener.changed();
	}

	resume() {
		if (!this.paused) {
			return;
		}
		this.#pause.end();
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
		reasoning: (turn, data) => this.#reasoned(turn, data),
		message: (turn, data) => this.#said(turn, data),
		picture: (turn, data) => turn.draw(data),
		moved: (turn, data) => this.#moved(turn, data),
		fallback: (turn, data) => turn.fallBack(data),
		complete: (turn, data) => turn.complete(data),
		error: (turn, data) => this.#listener.failed(turn, Failure.ofEnd(data)),
	};

	#take(live, turn, name, data) {
		if (!live.isDismissed) {
			this.#handlers[name]?.(turn, data);
		} else if (name === 'start') {
			live.close();
			this.#stopLate(turn, data);
		}
	}

	/** Stops an answer that the reader stopped before its stream id was known, and gives the turn on the page its ids. */
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

	#reasoned(turn, data) {
		const first = !turn.record.reasoning;
		turn.reason(data);
		if (first) {
			this.#listener.changed();
		}
	}

	#said(turn, data) {
		const first = turn.thinking;
		turn.say(data);
		this.#pause.hold(data.content);
		if (first) {
			this.#listener.changed();
		}
	}

	/** The phase changes too: an answer that was only thoughts has not begun. */
	#moved(turn, data) {
		turn.move(data);
		this.#pause.forget();
		this.#listener.changed();
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
