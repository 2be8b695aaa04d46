import * as api from '../stream/api.js';
import { Branch } from './branch.js';
import { totalOf } from '../answer/facts.js';
import { saveNewSettings } from '../composer/drafts.js';
import { KeptSettings } from './kept-settings.js';
import { LastAnswer } from './last-answer.js';
import { Questions } from './questions.js';
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

	/** Asks questions. */
	questions;

	/** The last answer on the page. */
	answer;

	/** Its stored messages. */
	branch;

	/** The last message of a branch that the page shows for now, without storing it as the shown one. */
	aside;

	/** The last read of the conversation from the server. */
	read = Promise.resolve();

	#turns;
	#settings;
	#onChange;
	#onPainted;
	#channel = new BroadcastChannel('runnel');

	/**
	 * @param {HTMLElement} list the element that holds the turns
	 * @param {{id?: string, settings: object}} known what the page knows of the conversation; without an id it is new
	 * @param {(state: object) => void} onChange
	 * @param {() => void} onPainted
	 */
	constructor(list, { id, settings }, onChange, onPainted) {
		this.#turns = new Turns(list, onPainted);
		this.branch = new Branch(this.#turns);
		this.id = id;
		this.#settings = new KeptSettings(settings, !id);
		this.#onChange = onChange;
		this.#onPainted = onPainted;
		this.questions = new Questions(this, this.#turns, this.#settings, (turn, begin) => this.answer.read(turn, begin));
		this.answer = new LastAnswer(this.#turns, {
			started: (turn, data) => this.#started(turn, data),
			missing: () => (this.id = undefined),
			lost: () => this.sync(),
			settled: () => this.#settled(),
			changed: () => this.#tell(),
		});
		this.answer.learn();
		this.#channel.onmessage = ({ data }) => data.id === this.id && this.sync();
	}

	/** The state that the controls show. */
	get state() {
		const { running, problem, ending } = this.answer;
		return {
			id: this.id,
			title: this.title,
			model: this.settings.model ?? '',
			effort: this.settings.reasoningEffort ?? '',
			webSearch: this.settings.webSearch ?? false,
			instructed: Boolean(this.settings.system),
			tuned: this.#tuned,
			phase: running.phase,
			isWaiting: running.isWaiting,
			empty: this.#turns.isEmpty,
			temporary: this.temporary,
			begun: running.begun,
			paused: running.paused,
			waiting: running.waitingWords,
			connected: running.connected,
			problem,
			mayContinue: this.answer.mayContinue,
			ending,
			total: totalOf(this.branch.messages),
		};
	}

	/** The id under which the server stores this conversation; undefined if it does not. */
	get storedId() {
		return this.temporary ? undefined : this.id;
	}

	/** The settings of this conversation, as `PATCH /api/conversations/{id}` takes them. */
	get settings() {
		return this.#settings.values;
	}

	/** A text that changes with the settings of which the chip tells; empty without any. Only the last may have several lines. */
	get #tuned() {
		const { system, temperature, topP, maxTokens } = this.settings;
		return [temperature, topP, maxTokens, system].join('\n').trimEnd();
	}

	/** The turn of the last question in this branch. */
	get lastQuestion() {
		return this.#turns.lastQuestion;
	}

	/** Shows the names of the models that answered. */
	showModels() {
		this.#turns.showModels();
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
	 * The Markdown of the turn that this element shows. Waits for a running read, because only
	 * the server has the Markdown of an answer that it rendered.
	 */
	async textOf(element) {
		await this.read;
		return this.#turns.shownBy(element)?.record.content ?? '';
	}

	/** The characters of the conversation that the model receives before the next question. */
	get characters() {
		return this.#turns.characters;
	}

	/** Saves settings for the next questions. The settings of a new conversation are stored when the conversation is. */
	async keepSettings(settings) {
		await this.read;
		await this.#settings.change(this.storedId, { ...this.settings, ...settings }).finally(() => this.#tell());
		if (!this.id && !this.temporary) {
			saveNewSettings(this.settings);
		}
	}

	/** Works only before the first question, because stored messages stay stored. */
	toggleTemporary() {
		if (this.#turns.isEmpty) {
			this.temporary = !this.temporary;
			this.#tell();
		}
	}

	/** Stops the answer of a temporary conversation, because nobody can return to it. */
	leave() {
		if (this.temporary) {
			this.answer.running.abandon();
		}
	}

	/** Reads this conversation from the server, shows it, and follows a running answer. */
	async sync() {
		if (!this.id || this.temporary || this.answer.running.paused) {
			return;
		}
		this.answer.follow();
		this.read = this.#load();
		await this.read;
		this.answer.follow();
	}

	/** Tells other tabs that the conversation has changed. */
	share() {
		this.#channel.postMessage({ id: this.id });
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
		this.branch.learn(stored.messages);
		if (!this.answer.running.isComing) {
			await this.showBranch(this.aside ?? stored.currentMessageId);
		}
		this.branch.showVersions();
		this.#tell();
	}

	/** Shows the branch that ends with this message. */
	async showBranch(leaf) {
		if (await this.branch.show(this.id, leaf, () => !this.answer.running.isComing)) {
			this.answer.learn();
			this.#onPainted();
			this.#tell();
		}
	}

	#started(turn, data) {
		const isNew = !this.id;
		turn.start(data);
		this.id = data.conversationId;
		const question = this.#turns.before(turn);
		if (question) {
			question.learn({ id: data.userMessageId, html: data.questionHtml ?? question.record.html });
		}
		turn.record.parentId = data.userMessageId;
		this.branch.put(...[question, turn].filter(Boolean));
		this.#settings.save(this.storedId).catch(() => {});
		if (isNew && !this.temporary) {
			saveNewSettings(null);
		}
		this.share();
		this.#tell();
	}

	#settled() {
		this.branch.showVersions();
		this.#onPainted();
	}

	#tell() {
		this.#onChange(this.state);
	}

}
