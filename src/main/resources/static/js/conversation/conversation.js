import * as api from '../stream/api.js';
import { Branch } from './branch.js';
import { totalOf } from '../answer/facts.js';
import { saveNewSettings } from '../composer/history.js';
import { KeptSettings, withoutNulls } from './kept-settings.js';
import { RunningAnswer } from '../stream/running.js';
import { Turns } from '../answer/turns.js';

/**
 * One conversation: its stored messages, the branch that the page shows, and the answer that is being written. Its turns
 * show the messages. `onChange` receives the state that the controls need.
 */
export class Conversation {

	id;
	title = '';

	/** Nothing of a temporary conversation is stored. It lasts as long as this page. */
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
	 * @param {{id?: string, settings: object}} known what the page knows of the conversation; without an id it is new
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

	/** The settings of this conversation, as `PATCH /api/conversations/{id}` takes them. */
	get settings() {
		return this.#settings.values;
	}

	/** The turn of the last question in this branch. */
	get lastQuestion() {
		return this.#turns.lastQuestion;
	}

	/** The turn that this element shows. */
	shownBy(element) {
		return this.#turns.shownBy(element);
	}

	/** The element that shows a message; null if the message is not on the page. */
	elementOf(id) {
		return this.#turns.elementOf(id);
	}

	/**
	 * The text of the turn that this element shows; that of an answer is Markdown. Waits for a running read, because only
	 * the server has the Markdown of an answer that it rendered.
	 */
	async textOf(element) {
		await this.#read;
		return this.#turns.shownBy(element)?.record.content ?? '';
	}

	/** The characters of the conversation that the model receives before the next question. */
	get characters() {
		return this.#turns.characters;
	}

	get waitingWords() {
		return this.#running.waitingWords;
	}

	/** Asks a new question, or replaces a question that was refused. */
	ask(text, options) {
		if (this.#problem?.retryable === false) {
			return this.edit(this.#turns.lastQuestion, text, options);
		}
		const parentId = this.#turns.lastStored?.id;
		return this.#ask({ content: text, parentId }, { conversationId: this.id, parentId: this.id && parentId }, options);
	}

	/** Asks another question in place of this one. The old question and its answers stay as another version. */
	edit(question, text, options) {
		const place = this.#placeOf(question);
		const { parentId } = question.record;
		this.#turns.removeFrom(question);
		return this.#ask({ content: text, parentId }, place, options);
	}

	/** Asks for another answer to the same question. The old answer stays as another version. */
	regenerate(answer, options) {
		const question = this.#turns.before(answer);
		if (!question) {
			return undefined;
		}
		const place = this.#placeOf(question);
		this.#turns.removeFrom(answer);
		return this.#answerTo({ ...options, message: question.record.content, ...place });
	}

	/** Asks the last question again, in place of the failed answer. */
	retry(options) {
		return this.regenerate(this.#turns.last, options);
	}

	/** Asks the model to continue this answer where it ended. */
	resumeAnswer(answer) {
		answer.resumeAnswer();
		return this.#readAnswer(answer, (live) => live.ask({ continueId: answer.id, conversationId: this.id }));
	}

	/** Shows another version of a turn and stores it as the one to continue from. */
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
	 * Shows the branch that contains this message, if it is not shown already.
	 *
	 * @returns {Promise<HTMLElement|null>} the message's element; null if there is no such message
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

	/** @returns {Promise<object[]>} all versions of the turn that this message belongs to, with their HTML */
	versionsOf(id) {
		return this.#branch.versionsOf(this.id, id);
	}

	versionBeside(id, step) {
		return this.#branch.versionBeside(id, step);
	}

	/** Saves settings for the next questions. The settings of a new conversation are stored when the conversation is. */
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

	/** Stops the answer of a temporary conversation, because nobody can return to it. */
	leave() {
		if (this.temporary) {
			this.#running.abandon();
		}
	}

	/** Reads this conversation from the server, shows it, and follows a running answer. */
	async sync() {
		if (!this.id || this.temporary || this.#running.paused) {
			return;
		}
		this.#follow();
		this.#read = this.#load();
		await this.#read;
		this.#follow();
	}

	/** Ignores a failed read. The next `sync` reads again. */
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

	/** Attaches to the stream of an unfinished answer. If no stream writes it any more, marks it as interrupted. */
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
	 * The place of a question that replaces another one. With the same text the server adds another answer to the old
	 * question, with another text another version of the question. A question that never reached the server keeps its
	 * intended place.
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
		const whole = { ...this.#settings.ofQuestion, ...withoutNulls(question), ...(this.temporary ? { temporary: true } : {}) };
		return this.#readAnswer(turn, (live) => this.#askKnownOrAnew(live, turn, whole));
	}

	/** Asks the question. If the server no longer knows the conversation, starts another one and tells the reader. */
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
			this.#settings.markUnsaved();
			await live.ask({ ...this.#settings.ofQuestion, ...question, conversationId: undefined, parentId: undefined });
		}
	}

	#attach(turn, streamId) {
		turn.record.streamId = streamId;
		return this.#readAnswer(turn, (live) => live.attach(streamId));
	}

	#readAnswer(turn, begin) {
		this.#problem = null;
		this.#ending = 'idle';
		return this.#running.readAnswer(turn, begin);
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

	/** Records a failure. After 404 the conversation cannot be continued, and the next question starts another one. */
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

/** The problem of an answer; the general one if the answer was cut off without a reason; null if it is complete. */
function problemOf(record) {
	if (record?.problem || !['interrupted', 'failed'].includes(record?.state)) {
		return record?.problem ?? null;
	}
	const { code, message, retryable, retryAfter } = api.Failure.of('interrupted');
	return { code, message, retryable, retryAfter };
}
