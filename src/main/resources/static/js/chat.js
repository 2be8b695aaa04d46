import { drawInView } from './answer/drawing.js';
import { commands } from './composer/commands.js';
import { Draft } from './composer/draft.js';
import { joinDrafts, savedDraft, savedFiles, savedMessage, saveDraft, saveMessage } from './composer/drafts.js';
import { Files } from './composer/files.js';
import { Queue } from './composer/queue.js';
import { listenForShortcuts } from './composer/shortcuts.js';
import { listen, turnActions } from './conversation/actions.js';
import { knownOfConversation, showAddress } from './conversation/address.js';
import { Conversation } from './conversation/conversation.js';
import { markFocus } from './conversation/focus.js';
import { Presence } from './conversation/presence.js';
import { View } from './conversation/view.js';
import { announce, on, say } from './lib/events.js';
import { showTitle } from './lib/heading.js';
import { withModule } from './lib/lazy.js';
import { texts } from './lib/texts.js';

/**
 * The chat of this page. Connects the conversation, the view of its turns and the message box, and writes the store
 * `answer`.
 */
export class Chat {

	conversation;
	view;
	draft;
	files;

	#answer;
	#page;
	#log = document.getElementById('conversation');
	#shownProblem = null;
	#answering;
	#editor = null;
	#queue;

	/** @param {{answer: object, draft: object, page: object}} stores */
	constructor({ answer, draft, page }) {
		this.#answer = answer;
		this.#page = page;
		this.view = new View(this.#log, (state) => Object.assign(page, state));
		this.conversation = new Conversation(document.getElementById('turns'), knownOfConversation(),
			(state) => this.#changed(state), () => this.view.keepUp(this.busy));
		this.draft = new Draft(draft, (text, files) => this.#saveDraft(text, files));
		this.draft.text = savedDraft(this.conversation.id);
		this.files = new Files(draft, () => this.draft.save());
		this.files.restore(savedFiles(this.conversation.id));
		this.#queue = new Queue(draft, (text, files) => this.#saveMessage(text, files), savedMessage(this.conversation.id));
		Object.assign(answer, this.conversation.state);
		// Alpine does not observe a frozen object, so its components can hold this one.
		Object.freeze(this);
	}

	get busy() {
		return this.#answer.busy;
	}

	/** The answer that is being written. */
	get running() {
		return this.conversation.answer.running;
	}

	/** Connects the buttons and keys, reads the conversation, and shows the page. */
	open() {
		const { conversation } = this;
		listenForShortcuts(commands());
		listen(this.#log, turnActions(this), (article) => conversation.textOf(article));
		listen(document.getElementById('versions'), {}, () => '');
		markFocus();
		on('outdated', () => this.#wasUpdated());
		on('models', () => conversation.showModels());
		new Presence(conversation, this.#page);
		addEventListener('beforeunload', (event) => this.#isLostOnLeaving && event.preventDefault());
		conversation.sync();
		if (!conversation.id) {
			this.takeBack();
		}
		this.view.open(conversation);
		this.#land();
	}

	/** Shows the turns. The formulas in view are drawn before, because they would move the text behind them. */
	async #land() {
		const { dataset } = document.documentElement;
		try {
			if ('landing' in dataset && this.#log.querySelector('.math')) {
				dataset.landing = 'formulas';
				await drawInView(this.#log);
				this.view.keepUp(false);
			}
		} finally {
			delete dataset.landing;
		}
	}

	/** Sends the text in the message box, with the files. */
	send() {
		this.conversation.questions.ask(this.draft.takeForSending(), this.files.take());
		this.view.showQuestion();
	}

	/** Keeps the text in the box, and the files, until the running answer is complete. */
	sendLater() {
		this.#queue.add(this.draft.text, this.files.take());
		this.draft.text = '';
		say(texts.queued);
	}

	/** Whether the message in the box can wait. */
	get mayWait() {
		return this.#queue.hasRoom;
	}

	/** Moves the waiting message back into the box, unless that would have too many files. */
	takeBack() {
		if (!this.#queue.joins) {
			return;
		}
		const [text, files] = this.#queue.take();
		this.draft.text = joinDrafts(text, this.draft.text);
		this.files.restore(files);
	}

	/**
	 * Lets the reader change a question where it stands. Waits for a running read, because only the server has the text of a
	 * question that it rendered.
	 */
	async edit(question) {
		await this.conversation.read;
		if (question && !this.busy) {
			await withModule('conversation/question-editor.js', ({ QuestionEditor }) => {
				this.#editor ??= new QuestionEditor(this);
				this.#editor.open(question);
			});
		}
	}

	/** Sends a changed question. The old one stays as another version. */
	sendEdited(question, text) {
		this.draft.saveUntilConfirmed(text);
		this.conversation.questions.edit(question, text);
		this.view.showQuestion();
	}

	retry() {
		if (this.conversation.questions.retry()) {
			this.draft.awaitConfirmation();
			this.view.showQuestion();
		}
	}

	/** Stops the answer, even one whose end is held back by a pause. */
	stop() {
		this.running.resume();
		this.running.stop();
	}

	#changed(state) {
		const wasBusy = this.busy;
		Object.assign(this.#answer, state);
		showAddress(state);
		this.draft.settle(state);
		this.#checkEdit();
		showTitle(state.title);
		this.#setLiveRegion();
		this.#announceRunning(state);
		if (state.problem !== this.#shownProblem) {
			this.#shownProblem = state.problem;
			this.#openRefused();
		}
		if (wasBusy && !this.busy) {
			announce('answered', { id: state.id });
		}
		this.#sendWaiting();
	}

	/** Sends the waiting message after a complete answer. After any other end the reader decides what becomes of it. */
	#sendWaiting() {
		const { state } = this.conversation.answer;
		if (this.busy || !this.#queue.text || state === 'streaming') {
			return;
		}
		if (state !== 'complete') {
			this.takeBack();
			return;
		}
		const message = this.#queue.take();
		this.draft.saveUntilConfirmed(...message);
		this.conversation.questions.ask(...message);
		if (this.#page.atEnd) {
			this.view.showQuestion();
		}
	}

	/** Moves the changed text of a question that has gone into the box. */
	#checkEdit() {
		const { question } = this.#editor ?? {};
		if (question && !this.conversation.shownBy(question.element)) {
			this.draft.add(this.#editor.close());
		}
	}

	/** A polite live region would read out each fragment, so it is off until the answer is complete. */
	#setLiveRegion() {
		this.#log.setAttribute('aria-busy', String(this.busy));
		this.#log.setAttribute('aria-live', this.busy ? 'off' : 'polite');
	}

	#announceRunning({ id, temporary }) {
		const answering = this.busy && !temporary ? id : undefined;
		if (answering !== this.#answering) {
			this.#answering = answering;
			announce('answering', { id: answering });
		}
	}

	/** If only other words can help, opens the question, so that the reader can change it. */
	#openRefused() {
		const { retryable, isOfModel, code } = this.#shownProblem ?? {};
		if (retryable === false && (!isOfModel || code === 'upstream_moderation')) {
			this.edit(this.conversation.lastQuestion);
		}
	}

	/** Whether the page holds the only copy of a text. The browser then asks the reader before leaving it. */
	get #isLostOnLeaving() {
		return this.conversation.temporary && Boolean(!this.#answer.empty || this.draft.text.trim());
	}

	/** Nothing of a temporary chat is stored, so its draft is not saved. */
	#saveDraft(text, files = []) {
		this.#saveBy(saveDraft, text, [...this.files.attachments, ...files]);
	}

	#saveMessage(text, files) {
		this.#saveBy(saveMessage, text, files);
	}

	#saveBy(save, text, files) {
		const { id, temporary } = this.conversation;
		save(temporary ? undefined : id, temporary ? '' : text, temporary ? [] : files);
	}

	#wasUpdated() {
		this.#page.standing = texts.outdated;
		say(texts.outdated);
	}

}
