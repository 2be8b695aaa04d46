import * as api from './api.js';
import { Branch } from './branch.js';
import { totalOf } from './facts.js';
import { saveNewSettings } from './history.js';
import { KeptSettings, known } from './kept-settings.js';
import { RunningAnswer } from './running.js';
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

	#turns;
	#branch;
	#settings;
	#running;
	#onChange;
	#onPainted;
	#problem = null;
	#ending = 'idle';
	#read = Promise.resolve();
	#channel = new BroadcastChannel('runnel');

	/**
	 * @param {HTMLElement} list the element that holds the turns
	 * @param {{id?: string, settings: object}} known what the page knows of it; no id: it is a new one
	 * @param {(state: object) => void} onChange
	 * @param {() => void} onPainted
	 */
	constructor(list, { id, settings }, onChange, onPainted) {
		this.#turns = new Turns(list, onPainted);
		this.#branch = new Branch(this.#turns);
		this.id = id;
		this.#settings = new KeptSettings(settings, !id);
		this.#onChange = onChange;
		this.#onPainted = onPainted;
		this.#running = new RunningAnswer({
			started: (turn, data) => this.#started(turn, data),
			failed: (turn, problem) => this.#fail(turn, problem),
			settled: (turn) => this.#settled(turn),
			changed: () => this.#tell(),
		});
		this.#channel.onmessage = ({ data }) => data.id === this.id && this.sync();
	}

	/** What the reader set for it, as `PATCH /api/conversations/{id}` takes it. */
	get settings() {
		return this.#settings.values;
	}

	/** The turn of the question that was asked last in this branch. */
	get lastQuestion() {
		return this.#turns.lastQuestion;
	}

	/** The turn that this element shows. */
	shownBy(element) {
		return this.#turns.shownBy(element);
	}

	/** The element that shows a message; null for one of another branch. */
	elementOf(id) {
		return this.#turns.elementOf(id);
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

	get waitingWords() {
		return this.#running.waitingWords;
	}

	/** Asks a new question, or another one in place of one that was refused. */
	ask(text, options) {
		if (this.#problem?.retryable === false) {
			return this.edit(this.#turns.lastQuestion, text, options);
		}
		const parentId = this.#turns.lastStored?.id;
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
		if (this.#running.isComing) {
			return;
		}
		const leaf = this.#branch.leafBelow(id);
		this.#ending = 'idle';
		await this.#showBranch(leaf);
		if (this.#storedId) {
			await api.change(this.#storedId, { currentMessageId: leaf });
		}
		this.#share();
	}

	/**
	 * Shows the branch that has this message, if it is not shown already.
	 *
	 * @returns {Promise<HTMLElement|null>} the message's element; null where there is no such message
	 */
	async reveal(id) {
		if (!this.elementOf(id)) {
			await this.#read;
		}
		if (!this.elementOf(id) && this.#branch.messages.some((message) => message.id === id)) {
			await this.choose(id);
		}
		return this.elementOf(id);
	}

	/** @returns {Promise<object[]>} the versions of the turn that this message is one of, with the HTML of each */
	versionsOf(id) {
		return this.#branch.versionsOf(this.id, id);
	}

	versionBeside(id, step) {
		return this.#branch.versionBeside(id, step);
	}

	/** Keeps settings for the next questions; those of a new conversation are stored as soon as it is. */
	async keepSettings(settings) {
		await this.#read;
		await this.#settings.change(this.#storedId, { ...this.settings, ...settings }).finally(() => this.#tell());
		if (!this.id && !this.temporary) {
			saveNewSettings(this.settings);
		}
	}

	stop() {
		return this.#running.stop();
	}

	pause() {
		this.#running.pause();
	}

	resume() {
		this.#running.resume();
	}

	nudge(networkChanged) {
		this.#running.nudge(networkChanged);
	}

	/** Nobody can come back to an answer that is not stored. */
	leave() {
		if (this.temporary) {
			this.#running.abandon();
		}
	}

	/** Shows what the server has of this conversation, and reads on where an answer is being made. */
	async sync() {
		if (!this.id || this.temporary || this.#running.paused) {
			return;
		}
		this.#follow();
		this.#read = this.#load();
		await this.#read;
		this.#follow();
	}

	/** What cannot be had now is asked for again at the next occasion. */
	async #load() {
		const stored = await api.conversation(this.id, { html: false }).catch(() => null);
		if (stored) {
			await this.#learn(stored).catch(() => {});
		}
	}

	async #learn(stored) {
		this.title = stored.title;
		this.#settings.learn(stored.settings ?? {});
		this.#branch.learn(stored.messages);
		if (!this.#running.isComing) {
			await this.#showBranch(stored.currentMessageId);
		}
		this.#branch.showVersions();
		this.#tell();
	}

	async #showBranch(leaf) {
		if (await this.#branch.show(this.id, leaf, () => !this.#running.isComing)) {
			this.#problem = problemOf(this.#turns.last?.record);
			this.#onPainted();
			this.#tell();
		}
	}

	/** An answer that no stream is making any more, though it never ended, will not go on. */
	async #follow() {
		const last = this.#turns.last;
		if (!last?.running || this.#running.isComing) {
			return;
		}
		const streams = await api.streams().catch(() => null);
		if (!streams || this.#running.isComing || this.#turns.last !== last) {
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

	get #storedId() {
		return this.temporary ? undefined : this.id;
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
		const whole = { ...this.#settings.ofQuestion, ...known(question), ...(this.temporary ? { temporary: true } : {}) };
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
			this.#settings.moveToNew();
			await live.ask({ ...this.#settings.ofQuestion, ...question, conversationId: undefined, parentId: undefined });
		}
	}

	#attach(turn, streamId) {
		turn.record.streamId = streamId;
		return this.#hear(turn, (live) => live.attach(streamId));
	}

	#hear(turn, begin) {
		this.#problem = null;
		this.#ending = 'idle';
		return this.#running.hear(turn, begin);
	}

	#started(turn, data) {
		const isNew = !this.id;
		turn.start(data);
		this.id = data.conversationId;
		const question = this.#turns.before(turn);
		if (question) {
			question.record.id = data.userMessageId;
			question.show();
		}
		turn.record.parentId = data.userMessageId;
		this.#branch.put(...[question, turn].filter(Boolean));
		this.#settings.save(this.#storedId).catch(() => {});
		if (isNew && !this.temporary) {
			saveNewSettings(null);
		}
		this.#share();
		this.#tell();
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

	#settled(turn) {
		this.#problem = problemOf(turn.record);
		this.#ending = this.#problem ? 'failed' : turn.record.state;
		this.#branch.showVersions();
		this.#onPainted();
	}

	#tell() {
		this.#onChange({
			id: this.id,
			title: this.title,
			model: this.settings.model ?? '',
			phase: this.#running.phase,
			empty: this.#turns.isEmpty,
			begun: this.#running.begun,
			paused: this.#running.paused,
			connected: this.#running.connected,
			problem: this.#problem,
			ending: this.#ending,
			total: totalOf(this.#branch.messages),
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
