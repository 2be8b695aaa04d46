import * as api from './api.js';
import { totalOf } from './facts.js';
import { LiveStream } from './live.js';
import { MessageTree } from './tree.js';
import { Turns } from './turns.js';

/**
 * One conversation: its messages as the server has them, the branch of them that the page shows, and the one
 * answer that is being made. What it shows it shows through its turns; what the controls need to know it tells
 * `onChange`.
 */
export class Conversation {

	id;
	title = '';

	/** Nothing of it is stored: it lasts as long as this page. */
	temporary = false;

	/** What the reader set for it, as `PATCH /api/conversations/{id}` takes it. */
	settings = {};

	#turns;
	#tree = new MessageTree();
	#onChange;
	#onPainted;
	#live = null;
	#answer = null;
	#paused = false;
	#connected = true;
	#heard = '';
	#problem = null;
	#ending = 'idle';
	#read = Promise.resolve();
	#unsaved = false;
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
		this.#channel.onmessage = ({ data }) => data.id === this.id && this.sync();
	}

	/** The turn of the question that was asked last in this branch. */
	get lastQuestion() {
		return this.#turns.lastQuestion;
	}

	/** The turn that this element shows. */
	shownBy(element) {
		return this.#turns.shownBy(element);
	}

	/** What the turn that this element shows says: an answer in Markdown. */
	async textOf(element) {
		await this.#read;
		return this.#turns.shownBy(element)?.record.content ?? '';
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
	ask(text, options) {
		if (this.#problem?.retryable === false) {
			return this.edit(this.#turns.lastQuestion, text, options);
		}
		const parentId = this.#turns.last?.id;
		return this.#ask({ content: text, parentId }, { conversationId: this.id, parentId: this.id && parentId }, options);
	}

	/** Asks another question in place of this one. What followed it stays as another version. */
	edit(question, text, options) {
		const place = this.#placeOf(question);
		const { parentId } = question.record;
		this.#turns.removeFrom(question);
		return this.#ask({ content: text, parentId }, place, options);
	}

	/** Asks for another answer to the same question. This one stays as another version. */
	regenerate(answer, options) {
		const question = this.#turns.before(answer);
		if (!question) {
			return undefined;
		}
		const place = this.#placeOf(question);
		this.#turns.removeFrom(answer);
		return this.#answerTo({ ...options, message: question.record.content, ...place });
	}

	/** Asks the last question once more, in place of the answer that failed. */
	retry(options) {
		return this.regenerate(this.#turns.last, options);
	}

	/** Has the model write on where this answer ended. */
	goOn(answer) {
		answer.goOn();
		return this.#hear(answer, (live) => live.ask({ continueId: answer.id, conversationId: this.id }));
	}

	/** Shows another version of a turn, and remembers that it is the one to go on from. */
	async choose(id) {
		if (this.#live) {
			return;
		}
		const leaf = this.#tree.leafBelow(id);
		this.#ending = 'idle';
		await this.#showBranch(leaf);
		await this.#change({ currentMessageId: leaf });
		this.#share();
	}

	/** @returns {object[]} the versions of the turn that this message is one of, with the HTML of each */
	async versionsOf(id) {
		this.#tree.replace((await api.conversation(this.id, { html: true })).messages);
		return this.#tree.versionsOf(id);
	}

	versionBeside(id, step) {
		const versions = this.#tree.versionsOf(id);
		return versions[versions.findIndex((version) => version.id === id) + step]?.id;
	}

	/** Keeps settings for the next questions; those of a new conversation are stored as soon as it is. */
	async keepSettings(settings) {
		this.settings = settings;
		this.#unsaved = !this.id;
		await this.#change({ settings });
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

	/** Shows what the server has of this conversation, and reads on where an answer is being made. */
	async sync() {
		if (!this.id || this.temporary || this.#paused) {
			return;
		}
		this.#follow();
		this.#read = this.#load();
		await this.#read;
		this.#follow();
	}

	async #load() {
		const stored = await api.conversation(this.id, { html: false }).catch(() => null);
		if (!stored) {
			return;
		}
		Object.assign(this, { title: stored.title, settings: stored.settings ?? {} });
		this.#tree.replace(stored.messages);
		if (!this.#live) {
			await this.#showBranch(stored.currentMessageId);
		}
		this.#showVersions();
		this.#tell();
	}

	/** Of answers that are new to the page their HTML is asked for. */
	async #showBranch(leaf) {
		if (!this.#turns.canShow(this.#tree.branchTo(leaf))) {
			this.#tree.replace((await api.conversation(this.id, { html: true })).messages);
		}
		if (this.#live) {
			return;
		}
		this.#turns.show(this.#tree.branchTo(leaf));
		this.#problem = problemOf(this.#turns.last?.record);
		this.#showVersions();
		this.#onPainted();
		this.#tell();
	}

	/** An answer that no stream is making any more, though it never ended, will not go on. */
	async #follow() {
		const last = this.#turns.last;
		if (!last?.running || this.#live) {
			return;
		}
		const streams = await api.streams().catch(() => null);
		if (!streams || this.#live || this.#turns.last !== last) {
			return;
		}
		const stream = streams.find(({ messageId }) => messageId === last.id);
		if (stream) {
			this.#attach(last, stream.streamId);
		} else {
			this.#giveUp(last);
		}
	}

	#giveUp(answer) {
		answer.breakOff('interrupted');
		answer.show();
		this.#problem = problemOf(answer.record);
		this.#tell();
	}

	#share() {
		this.#channel.postMessage({ id: this.id });
	}

	async #change(changes) {
		if (this.id && !this.temporary) {
			await api.change(this.id, changes);
		}
	}

	/**
	 * Where a question goes that takes the place of another: with the same text the server gives that one
	 * another answer, with another text it puts the question beside it. One that never reached the server goes where
	 * it was meant to.
	 */
	#placeOf(question) {
		return question.id ? { conversationId: this.id, parentId: question.id } : question.place;
	}

	#ask(record, place, options) {
		const question = this.#turns.addQuestion(record);
		question.place = place;
		return this.#answerTo({ ...options, message: record.content, ...place });
	}

	#answerTo(question) {
		const turn = this.#turns.addAnswer();
		const settings = this.#unsaved ? known(this.settings) : {};
		const whole = { ...settings, ...known(question), ...(this.temporary ? { temporary: true } : {}) };
		return this.#hear(turn, (live) => this.#askKnownOrAnew(live, turn, whole));
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
		return this.#hear(turn, (live) => live.attach(streamId));
	}

	async #hear(turn, begin) {
		const live = new LiveStream((name, data) => this.#handlers[name]?.(turn, data), (connected) => this.#connection(connected));
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
			question.show();
			this.#tree.put(question.record);
		}
		turn.record.parentId = data.userMessageId;
		this.#tree.put(turn.record);
		this.#showVersions();
		this.#keepUnsaved();
		this.#share();
		this.#tell();
	}

	#keepUnsaved() {
		if (this.#unsaved) {
			this.#unsaved = false;
			this.#change({ settings: this.settings }).catch(() => (this.#unsaved = true));
		}
	}

	#said(turn, data) {
		const first = turn.thinking;
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
		if (!this.#paused) {
			this.#settle();
		}
		this.#tell();
	}

	#settle() {
		const turn = this.#answer;
		this.#answer = null;
		turn.settle();
		this.#problem = problemOf(turn.record);
		this.#ending = this.#problem ? 'failed' : turn.record.state;
		this.#showVersions();
		this.#onPainted();
	}

	#showVersions() {
		this.#turns.showVersions((id) => {
			const versions = this.#tree.versionsOf(id);
			return { at: versions.findIndex((version) => version.id === id), count: versions.length };
		});
	}

	#connection(connected) {
		if (connected !== this.#connected) {
			this.#connected = connected;
			this.#tell();
		}
	}

	#tell() {
		this.#onChange({
			id: this.id,
			title: this.title,
			phase: this.#answer ? (this.#answer.thinking ? 'thinking' : 'responding') : 'idle',
			empty: this.#turns.isEmpty,
			paused: this.#paused,
			connected: this.#connected,
			problem: this.#problem,
			ending: this.#ending,
			total: totalOf(this.#tree.all),
		});
	}

}

/** Why the last answer is not whole, where asking again may help. */
function problemOf(record) {
	if (record?.problem || !['interrupted', 'failed'].includes(record?.state)) {
		return record?.problem ?? null;
	}
	const { code, message, retryable, retryAfter } = api.Failure.of('interrupted');
	return { code, message, retryable, retryAfter };
}

function known(values) {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value != null));
}
