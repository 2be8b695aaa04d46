import { listen } from '../conversation/actions.js';
import { base } from '../base.js';
import { commands, openPreferences } from './commands.js';
import { Conversation } from '../conversation/conversation.js';
import { isAnyOpen } from '../dialogs/dialog.js';
import { showTitle } from '../lib/heading.js';
import * as history from './history.js';
import { isComposing, isTouch, sends } from '../lib/keys.js';
import { withModule } from '../lib/lazy.js';
import { loadModels } from '../dialogs/models.js';
import { prefer, preference } from '../lib/preferences.js';
import { Follower } from '../lib/scroll.js';
import { prepareSettings } from '../dialogs/settings.js';
import { listenForShortcuts } from './shortcuts.js';
import { estimateOf, statusOf } from './status.js';
import { texts } from '../lib/texts.js';
import { turnActions } from '../conversation/turn-actions.js';

const NOTICE_MS = 2000;
const COUNT_EVERY_MS = 250;
const PAGE = `${base}/ai-demo`;

/**
 * The Alpine component: the message box, the buttons around it and the status line. The conversation writes the turns as
 * plain DOM, so that Alpine does not process each word.
 *
 * @param {<T>(write: () => T) => T} unwatched runs changes of the page that Alpine does not observe
 */
export function chat(unwatched) {
	let conversation;
	let follower;
	let counting;
	let noticing;
	let retrying;
	let known = null;
	let edited = null;
	let laidAside = '';
	let unbegun = false;
	let answering;
	let away = false;
	let box;

	return {
		draft: '',
		phase: 'idle',
		ending: 'idle',
		empty: true,
		paused: false,
		waiting: 0,
		connected: true,
		online: navigator.onLine,
		problem: null,
		mayRetry: true,
		notice: '',
		standing: navigator.cookieEnabled ? '' : texts.noCookies,
		models: [],
		model: '',
		typing: preference('typing'),
		limit: Infinity,
		total: '',
		temporary: false,
		editing: false,
		atEnd: true,
		news: false,

		get busy() {
			return this.phase !== 'idle';
		},

		get maySend() {
			return !this.busy && this.online && !this.tooLong && this.draft.trim() !== '';
		},

		/** With the setting to keep typing, Stop replaces Send while an answer is written. */
		get stopsInPlace() {
			return this.busy && this.typing;
		},

		get boxDisabled() {
			return this.busy && !this.typing;
		},

		get tooLong() {
			return this.draft.length > this.limit;
		},

		get modelText() {
			return this.chosenModel?.name ?? (this.model || texts.default);
		},

		get chosenModel() {
			return this.models.find(({ id }) => id === this.model);
		},

		get estimate() {
			return this.busy ? '' : estimateOf(this.draft, conversation.characters, this.chosenModel);
		},

		get status() {
			return statusOf(this);
		},

		get latestText() {
			return this.news ? texts.news : texts.latest;
		},

		get waitingText() {
			return texts.waitingWords(this.waiting);
		},

		init() {
			const log = document.getElementById('conversation');
			box = document.getElementById('message');
			this.limit = Number(box.dataset.limit) || Infinity;
			follower = new Follower(log, (state) => Object.assign(this, state));
			listenForShortcuts(commands((notice) => this.say(notice)));
			conversation = unwatched(() => new Conversation(document.getElementById('turns'), knownOfConversation(),
				(state) => this.changed(state), () => follower.keepUp(this.busy)));
			this.model = conversation.settings.model ?? '';
			listen(log, turnActions(conversation, this), (article) => conversation.textOf(article), (notice) => this.say(notice));
			listen(document.getElementById('versions'), {}, () => '', (notice) => this.say(notice));
			prepareSettings(conversation, (notice) => this.say(notice));
			this.draft = history.draft(conversation.id);
			this.$watch('draft', (text) => !unbegun && !this.boxDisabled && !this.editing && this.keepDraft(text));
			this.focusBox();
			// Nobody waits for the models, so they are loaded after the page is set up.
			setTimeout(() => this.loadModels());
			conversation.sync();
			addEventListener('hashchange', () => this.showHit());
			if (location.hash) {
				this.showHit();
			} else {
				follower.toEnd();
			}
			document.documentElement.removeAttribute('data-landing');
		},

		/** Shows the message that the address names. A search may find a message in another branch. */
		async showHit() {
			const [, id] = /^#m-(.+)$/.exec(location.hash) ?? [];
			if (id) {
				this.stay();
				this.showSought(await conversation.reveal(id));
			}
		},

		/** Marks the turn and moves the focus to it, so that reading continues there. */
		showSought(element) {
			document.querySelector('.turn.sought')?.classList.remove('sought');
			if (element) {
				element.classList.add('sought');
				element.tabIndex = -1;
				element.focus({ preventScroll: true });
				follower.toPart(element);
			}
		},

		/** Puts the question into the box. Sending it adds another version of the question. */
		edit(question) {
			if (question && !this.busy) {
				edited = question;
				laidAside = this.editing ? laidAside : this.draft;
				this.editing = true;
				this.draft = question.record.content;
				this.goOnWriting();
			}
		},

		/** Focuses the box, with the cursor behind its text. */
		goOnWriting() {
			this.$nextTick(() => {
				box.focus();
				box.setSelectionRange(box.value.length, box.value.length);
			});
		},

		leaveEditing() {
			this.editing = false;
			this.draft = laidAside;
			this.focusBox();
		},

		get mayBeTemporary() {
			return this.empty || this.temporary;
		},

		get temporaryText() {
			return texts.temporary;
		},

		/** Works only before the first question, because stored messages stay stored. */
		toggleTemporary() {
			if (this.empty) {
				this.temporary = conversation.temporary = !this.temporary;
				this.focusBox();
			}
		},

		/** Loads the names and prices of models. Without them the page shows a model's id. */
		async loadModels() {
			this.models = await loadModels().catch(() => []);
		},

		async pickModel() {
			const model = await withModule('dialogs/model-picker.js', ({ pickModel }) => pickModel(this.model));
			this.loadModels();
			if (model !== null) {
				this.chooseModel(model);
			}
		},

		/** Sets the model of this conversation, and the first model of the next new one. */
		async chooseModel(model) {
			prefer('model', model);
			try {
				await conversation.keepSettings({ model: model || null });
			} catch (problem) {
				this.say(problem.message);
			}
		},

		openPreferences,

		preferred({ detail: { name, value } }) {
			if (name === 'typing') {
				this.typing = value;
			}
		},

		changed({ id, title, begun, ...state }) {
			const wasBusy = this.busy;
			Object.assign(this, state);
			this.follow(id);
			this.settleDraft(begun);
			this.lookAfterEdit();
			showTitle(title);
			this.hush(this.busy);
			this.tellWhereItAnswers(id);
			if (state.problem !== known) {
				this.tellProblem(state.problem);
			}
			if (wasBusy && !this.busy) {
				this.$nextTick(() => this.focusBox());
				dispatchEvent(new CustomEvent('runnel-answered', { detail: { id } }));
			}
		},

		/**
		 * Shows a problem. If a retry cannot help, the question goes back into the box, so that the reader can change it.
		 */
		tellProblem(problem) {
			known = problem;
			this.delayRetry(problem?.retryAfter ?? 0);
			if (problem?.retryable === false && this.draft === '') {
				this.draft = conversation.lastQuestion?.record.content ?? '';
			} else if (problem?.retryable === false) {
				this.edit(conversation.lastQuestion);
			}
		},

		/**
		 * Gives the page the address of its conversation when the id is known, and moves the draft of the new chat there.
		 */
		follow(id) {
			if (id && id !== idInPath() && !this.temporary) {
				history.moveDraft(undefined, id);
				window.history.replaceState(null, '', `${PAGE}/c/${id}`);
				dispatchEvent(new CustomEvent('runnel-begun', { detail: { id } }));
			}
		},

		tellWhereItAnswers(id) {
			const where = this.busy && !this.temporary ? id : undefined;
			if (where !== answering) {
				answering = where;
				dispatchEvent(new CustomEvent('runnel-answering', { detail: { id: where } }));
			}
		},

		/** A polite live region would read out each fragment, so it is off until the answer is complete. */
		hush(busy) {
			const log = document.getElementById('conversation');
			log.setAttribute('aria-busy', String(busy));
			log.setAttribute('aria-live', busy ? 'off' : 'polite');
		},

		delayRetry(seconds) {
			clearTimeout(retrying);
			this.mayRetry = seconds === 0;
			if (seconds > 0) {
				retrying = setTimeout(() => (this.mayRetry = true), seconds * 1000);
			}
		},

		get retryText() {
			return this.problem?.retryAfter ? texts.tryAgainIn(this.problem.retryAfter) : '';
		},

		send() {
			if (!this.maySend) {
				return;
			}
			const text = this.draft;
			unbegun = true;
			if (this.editing) {
				this.editing = false;
				this.keepDraft(history.joinDrafts(laidAside, text));
				this.draft = laidAside;
				conversation.edit(edited, text);
			} else {
				this.draft = '';
				conversation.ask(text);
			}
			this.showQuestion();
		},

		/** A sent question stays a draft until the server has it or the reader stops the answer. */
		settleDraft(begun) {
			if (unbegun && (begun || !this.busy)) {
				unbegun = false;
				if (begun || this.ending === 'stopped') {
					this.keepDraft(this.draft);
				}
			}
		},

		/** If the edited question is no longer on the page, its text becomes a new question. */
		lookAfterEdit() {
			if (this.editing && !conversation.shownBy(edited.element)) {
				this.editing = false;
				this.draft = history.joinDrafts(laidAside, this.draft);
			}
		},

		/** Saves the draft. Nothing of a temporary chat is stored, so its draft is not saved. */
		keepDraft(text) {
			if (this.temporary) {
				history.saveDraft(undefined, '');
			} else {
				history.saveDraft(conversation.id, text);
			}
		},

		/**
		 * Scrolls to the new question. The `follow` preference decides whether the view then stays there or follows the
		 * text.
		 */
		showQuestion() {
			const questions = document.querySelectorAll('#turns > [data-role="user"]');
			follower.toEnd(preference('follow') === 'question' ? questions[questions.length - 1] : null);
		},

		stay() {
			follower.stay();
		},

		retry() {
			unbegun = true;
			conversation.retry();
			this.showQuestion();
		},

		/** Ignores the second click of a double click, because the button below the pointer may have changed. */
		once(event) {
			if (event.detail > 1) {
				event.preventDefault();
				event.stopImmediatePropagation();
			}
		},

		stop() {
			this.resume();
			conversation.stop();
		},

		pause() {
			conversation.pause();
			this.waiting = 0;
			counting = setInterval(() => (this.waiting = conversation.waitingWords), COUNT_EVERY_MS);
			this.$nextTick(() => document.getElementById('resume').focus());
		},

		resume() {
			clearInterval(counting);
			conversation.resume();
		},

		/** Resumes and focuses Pause, which replaces the pressed button. */
		resumeHere() {
			this.resume();
			this.$nextTick(() => document.getElementById('pause').focus());
		},

		latest() {
			follower.toEnd();
			this.focusBox();
		},

		fill(event) {
			this.draft = event.currentTarget.textContent.trim();
			this.goOnWriting();
		},

		press(event) {
			if (event.key === 'Enter' && sends(event, preference('enter'))) {
				event.preventDefault();
				this.send();
			} else if (event.key === 'ArrowUp' && this.draft === '' && !isComposing(event)) {
				event.preventDefault();
				this.edit(conversation.lastQuestion);
			}
		},

		escape(event) {
			if (isAnyOpen() || event.shiftKey || isComposing(event)) {
				return;
			}
			if (this.busy) {
				this.stop();
			} else if (this.editing) {
				this.leaveEditing();
			}
		},

		/**
		 * Focuses the message box, except on touch screens (the keyboard would cover the page), while text is selected,
		 * and while the focus is inside an answer, another field or a dialog.
		 */
		focusBox() {
			const elsewhere = document.activeElement.closest('#turns *, input, select, dialog *');
			if (!isTouch() && !elsewhere && document.getSelection().isCollapsed) {
				box.focus({ preventScroll: true });
			}
		},

		wentOnline(online) {
			this.online = online;
			if (online) {
				conversation.nudge(true);
				conversation.sync();
			}
		},

		wasUpdated() {
			this.standing = texts.outdated;
			this.say(texts.outdated);
		},

		reload() {
			location.reload();
		},

		wentAway() {
			away = true;
		},

		/** A return to the page causes up to three events. The conversation is read once. */
		cameBack() {
			if (document.visibilityState === 'hidden') {
				away = true;
			} else if (away) {
				away = false;
				conversation.nudge(false);
				conversation.sync();
			}
		},

		left() {
			conversation.leave();
		},

		say(notice) {
			this.notice = notice;
			clearTimeout(noticing);
			noticing = setTimeout(() => (this.notice = ''), NOTICE_MS);
		},
	};
}

function idInPath() {
	return /\/c\/([0-9a-f-]{36})$/i.exec(location.pathname)?.[1];
}

/** An existing conversation has its own model. A new one starts with its saved settings and the model chosen last. */
function knownOfConversation() {
	const id = idInPath();
	const { model } = document.querySelector('.page').dataset;
	const settings = id ? { model } : { ...history.newSettings(), model: preference('model') };
	return { id, settings: { ...settings, model: settings.model || null } };
}
