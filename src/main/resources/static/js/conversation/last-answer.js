import * as api from '../stream/api.js';
import { Failure, isOfModel, wordsOf } from '../stream/failure.js';
import { RunningAnswer } from '../stream/running.js';

/** The last answer on the page: the reading of its stream, how it ended, and why it failed. */
export class LastAnswer {

	/** Why it failed; null if it did not. */
	problem = null;

	/** Its last state; `idle` if the reader has not seen it end. */
	ending = 'idle';

	/** The stream that is being read. */
	running;

	#turns;
	#listener;

	/**
	 * @param {Turns} turns the turns on the page
	 * @param {{started: Function, missing: Function, lost: Function, settled: Function, changed: Function}} listener
	 * called with the turn and the server's data at its start, when the server does not know the conversation, when it
	 * does not know the stream, when the reader sees the end, and after any change
	 */
	constructor(turns, listener) {
		this.#turns = turns;
		this.#listener = listener;
		this.running = new RunningAnswer({
			started: listener.started,
			failed: (turn, problem) => this.#fail(turn, problem),
			settled: (turn) => this.#settle(turn),
			changed: listener.changed,
		});
	}

	/** Whether the model can go on with an answer that broke off. */
	get mayContinue() {
		const { id, state, content } = this.#turns.last?.record ?? {};
		return Boolean(id && content) && state === 'interrupted';
	}

	/** The state of the last answer on the page; undefined if there is none. */
	get state() {
		return this.#turns.last?.record.state;
	}

	/** Reads an answer to its end. @param {(live: LiveStream) => Promise<void>} begin */
	read(turn, begin) {
		this.problem = null;
		this.ending = 'idle';
		return this.running.readAnswer(turn, begin);
	}

	/** Takes the problem of the answer that is shown now. */
	learn() {
		this.problem = problemOf(this.#turns.last?.record);
	}

	/** Attaches to the stream of an unfinished answer. If no stream writes it any more, marks it as interrupted. */
	async follow() {
		const { last } = this.#turns;
		if (!last?.running || this.running.isComing) {
			return;
		}
		const streams = await api.streams().catch(() => null);
		if (!streams || this.running.isComing || this.#turns.last !== last) {
			return;
		}
		const stream = streams.find(({ messageId }) => messageId === last.id);
		if (stream) {
			this.#attach(last, stream.streamId);
		} else {
			this.#giveUp(last);
		}
	}

	#attach(turn, streamId) {
		turn.record.streamId = streamId;
		this.read(turn, (live) => live.attach(streamId));
	}

	#giveUp(turn) {
		turn.breakOff('interrupted');
		turn.show();
		this.learn();
		this.#listener.changed();
	}

	#fail(turn, { code, message, retryable, retryAfter, status, isLost }) {
		const words = wordsOf({ code, message, retryable });
		turn.record.problem = { code, message: words, retryable, retryAfter, isOfModel: isOfModel(code) };
		turn.breakOff('interrupted');
		if (status === 404) {
			this.#listener.missing();
		}
		if (isLost) {
			this.#listener.lost();
		}
	}

	#settle(turn) {
		this.problem = problemOf(turn.record);
		this.ending = this.problem ? 'failed' : turn.record.state;
		this.#listener.settled();
	}

}

/** The problem of an answer; the general one if the answer was cut off without a reason; null if it is complete. */
function problemOf(record) {
	if (record?.problem || !['interrupted', 'failed'].includes(record?.state)) {
		return record?.problem ?? null;
	}
	const { code, message, retryable, retryAfter } = Failure.of('interrupted');
	return { code, message, retryable, retryAfter };
}
