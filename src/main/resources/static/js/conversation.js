import * as api from './api.js';
import * as history from './history.js';
import { LiveStream } from './live.js';
import { Turns } from './turns.js';

const SAVE_EVERY_MS = 3000;

/**
 * The turns of one conversation, and the one answer of it that is being made. What it shows it shows through
 * its turns; what the controls need to know it tells `onChange`.
 */
export class Conversation {

	id;

	#turns;
	#onChange;
	#onPainted;
	#live = null;
	#answer = null;
	#paused = false;
	#connected = true;
	#heard = '';
	#problem = null;
	#ending = 'idle';
	#saved = 0;
	#channel = new BroadcastChannel('runnel');

	/**
	 * @param {HTMLElement} list the element that holds the turns
	 * @param {(state: object) => void} onChange
	 * @param {() => void} onPainted
	 */
	constructor(list, id, onChange, onPainted) {
		this.#turns = new Turns(list, onPainted);
		this.id = id;
		this.#onChange = onChange;
		this.#onPainted = onPainted;
		this.#channel.onmessage = ({ data }) => data.id === this.id && this.#hearOf(data.turns);
	}

	get lastQuestion() {
		return this.#turns.lastQuestion;
	}

	/** The Markdown of the answer that this element shows. */
	markdownOf(element) {
		return this.#turns.shownBy(element)?.record.markdown ?? '';
	}

	/** How much text the model is told before the next question. */
	get characters() {
		return this.#turns.characters;
	}

	/** How many words a paused reader has not seen yet. */
	get waitingWords() {
		return this.#heard.match(/\S+/g)?.length ?? 0;
	}

	/** Asks a new question, or another one in place of one that was refused. */
	ask(text, model) {
		const place = this.#problem?.retryable === false ? this.#withdraw() : { conversationId: this.id };
		this.#turns.addQuestion(text);
		return this.#answerTo({ message: text, model, ...place });
	}

	/** Asks the last question once more, in place of the answer that failed. */
	retry(model) {
		const question = this.#turns.before(this.#turns.last);
		if (!question) {
			return undefined;
		}
		this.#turns.remove(this.#turns.last);
		return this.#answerTo({ message: question.record.text, model, ...this.#placeOf(question) });
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
			live.close();
		}
	}

	pause() {
		this.#paused = true;
		this.#heard = '';
		this.#answer?.hold();
		this.#tell();
	}

	resume() {
		if (!this.#paused) {
			return;
		}
		this.#paused = false;
		this.#heard = '';
		this.#answer?.release();
		if (!this.#live) {
			this.#settle();
		}
		this.#tell();
	}

	nudge(networkChanged) {
		this.#live?.nudge(networkChanged);
	}

	/** Shows what is remembered of this conversation, and reads on where an answer is being made. */
	async sync(turns = history.load(this.id)) {
		if (!this.id || this.#live || this.#paused) {
			return;
		}
		this.#turns.restore(turns);
		const last = this.#turns.last;
		this.#problem = last?.record.problem ?? null;
		this.#tell();
		if (last?.running) {
			this.#attach(last, last.record.streamId);
		} else {
			await this.#findRunning();
		}
	}

	/** An answer that was found on the server before its question was known gets its question here. */
	#hearOf(turns) {
		if (this.#live) {
			this.#turns.adoptQuestion(this.#answer, turns);
		} else {
			this.sync(turns);
		}
	}

	/** Keeps what has come so far, for when this page is opened again. */
	save() {
		if (this.id && !this.#turns.isEmpty) {
			this.#saved = Date.now();
			history.save(this.id, this.#turns.snapshot());
		}
	}

	/** Other tabs are told the turns themselves: what is stored here may reach them later than this message. */
	#share() {
		this.save();
		this.#channel.postMessage({ id: this.id, turns: this.#turns.snapshot() });
	}

	/**
	 * Where a question goes that takes the place of a failed one: with the same text the server gives the failed one
	 * another answer, with another text it puts the question beside it. Of either the model sees nothing that failed.
	 */
	#placeOf(question) {
		return { conversationId: this.id, parentId: this.id && question.record.id };
	}

	/** Takes the last question and its answer off the page. */
	#withdraw() {
		const answer = this.#turns.last;
		const question = this.#turns.before(answer);
		[answer, question].forEach((turn) => this.#turns.remove(turn));
		return this.#placeOf(question);
	}

	#answerTo(question) {
		const turn = this.#turns.addAnswer();
		return this.#read(turn, (live) => this.#askKnownOrAnew(live, turn, question));
	}

	/** A server that does not know the conversation any more begins another one, and the reader is told. */
	async #askKnownOrAnew(live, turn, question) {
		try {
			await live.ask(question);
		} catch (problem) {
			if (problem.status !== 404 || !question.conversationId) {
				throw problem;
			}
			if (this.#turns.before(this.#turns.before(turn))) {
				turn.forget();
			}
			await live.ask({ ...question, conversationId: undefined, parentId: undefined });
		}
	}

	#attach(turn, streamId) {
		turn.record.streamId = streamId;
		return this.#read(turn, (live) => live.attach(streamId));
	}

	async #read(turn, begin) {
		const live = new LiveStream((name, data) => this.#take(turn, name, data), (connected) => this.#connection(connected));
		this.#live = live;
		this.#answer = turn;
		this.#problem = null;
		this.#ending = 'idle';
		this.#tell();
		try {
			await begin(live);
			if (turn.running) {
				turn.breakOff('stopped');
			}
		} catch (problem) {
			this.#fail(turn, problem);
		}
		this.#end(turn);
	}

	#take(turn, name, data) {
		this.#handlers[name]?.(turn, data);
		if (Date.now() - this.#saved > SAVE_EVERY_MS) {
			this.save();
		}
	}

	#handlers = {
		start: (turn, data) => this.#started(turn, data),
		reasoning: (turn, { reasoning }) => turn.reason(reasoning),
		message: (turn, data) => this.#said(turn, data),
		fallback: (turn, data) => turn.fallBack(data),
		complete: (turn, data) => turn.complete(data),
		error: (turn, data) => this.#fail(turn, new api.Failure(data)),
	};

	#started(turn, data) {
		turn.start(data);
		this.id = data.conversationId;
		const question = this.#turns.before(turn);
		if (question) {
			question.record.id = data.userMessageId;
		}
		this.#share();
		this.#tell();
	}

	#said(turn, data) {
		const first = turn.record.state !== 'responding';
		turn.say(data);
		if (this.#paused) {
			this.#heard += data.content;
		}
		if (first) {
			this.#tell();
		}
	}

	/** A conversation that the server does not know cannot be continued: the next question begins another. */
	#fail(turn, problem) {
		const { code, message, retryable, retryAfter, status } = problem;
		turn.record.problem = { code, message, retryable, retryAfter };
		turn.breakOff('interrupted');
		if (status === 404) {
			this.id = undefined;
		}
	}

	#end(turn) {
		this.#live = null;
		this.#connected = true;
		this.#share();
		if (!this.#paused) {
			this.#settle();
		}
		this.#tell();
	}

	#settle() {
		const turn = this.#answer;
		this.#answer = null;
		turn.settle();
		this.#problem = turn.record.problem ?? null;
		this.#ending = this.#problem ? 'failed' : turn.record.state;
		this.#onPainted();
	}

	#connection(connected) {
		if (connected !== this.#connected) {
			this.#connected = connected;
			this.#tell();
		}
	}

	async #findRunning() {
		const streams = await api.streams().catch(() => []);
		const running = streams.find(({ streamId, conversationId, state }) =>
			conversationId === this.id && state === 'running' && !this.#turns.has(streamId));
		if (running && !this.#live) {
			this.#attach(this.#turns.addAnswer(), running.streamId);
		}
	}

	#tell() {
		const state = this.#answer?.record.state;
		this.#onChange({
			id: this.id,
			phase: this.#answer ? (state === 'thinking' ? 'thinking' : 'responding') : 'idle',
			empty: this.#turns.isEmpty,
			paused: this.#paused,
			connected: this.#connected,
			problem: this.#problem,
			ending: this.#ending,
		});
	}

}
