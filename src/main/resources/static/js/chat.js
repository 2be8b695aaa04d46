import { listen } from './actions.js';
import * as api from './api.js';
import { chooseModel, compare } from './choices.js';
import { Conversation } from './conversation.js';
import { isAnyOpen } from './dialog.js';
import { showTitle } from './heading.js';
import * as history from './history.js';
import { Follower } from './scroll.js';
import { prepareSettings } from './settings.js';
import { texts } from './texts.js';

const NOTICE_MS = 2000;
const COUNT_EVERY_MS = 250;
const THEMES = ['system', 'light', 'dark'];
const PAGE = '/ai-demo';

/**
 * The Alpine component: the message box, the buttons around it and the line that says what is going on.
 * The turns themselves are plain DOM, written by the conversation, since Alpine need not know of each word.
 */
export function chat() {
	let conversation;
	let follower;
	let counting;
	let noticing;
	let retrying;
	let known = null;
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
		models: [],
		model: history.preference('model') ?? '',
		total: '',
		temporary: false,
		editing: null,
		theme: history.preference('theme') ?? 'system',
		atEnd: true,
		news: false,

		get busy() {
			return this.phase !== 'idle';
		},

		get maySend() {
			return !this.busy && this.online && this.draft.trim() !== '';
		},

		get status() {
			if (this.notice || !this.online) {
				return this.notice || texts.offline;
			}
			if (this.busy) {
				return this.connected ? (this.paused ? texts.paused : texts[this.phase]) : texts.reconnecting;
			}
			return { completed: texts.complete, stopped: texts.stopped }[this.ending] ?? '';
		},

		get themeText() {
			return texts.theme[this.theme];
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
			follower = new Follower(log, (state) => Object.assign(this, state));
			conversation = new Conversation(document.getElementById('turns'), idInPath(),
				(state) => this.changed(state), () => follower.keepUp());
			listen(log, this.turnActions(), (article) => conversation.textOf(article), (notice) => this.say(notice));
			prepareSettings(conversation, (notice) => this.say(notice));
			this.draft = history.draft(conversation.id);
			this.$watch('draft', (text) => !this.busy && !this.editing && history.saveDraft(conversation.id, text));
			this.focusBox();
			this.loadModels();
			conversation.sync();
			if (!location.hash) {
				follower.toEnd();
			}
		},

		/** What the buttons of a turn do. */
		turnActions() {
			const turn = (act) => (article) => !this.busy && act(conversation.shownBy(article));
			return {
				edit: turn((question) => this.edit(question)),
				regenerate: turn((answer) => this.again(answer, this.options())),
				another: turn((answer) => this.againByAnother(answer)),
				continue: turn((answer) => conversation.goOn(answer)),
				previous: turn(({ id }) => this.step(id, -1)),
				next: turn(({ id }) => this.step(id, 1)),
				compare: turn(({ id }) => this.compare(id)),
			};
		},

		options() {
			return { model: this.model || undefined };
		},

		again(answer, options) {
			conversation.regenerate(answer, options);
			follower.toEnd();
		},

		async againByAnother(answer) {
			const model = await chooseModel(this.models, answer.record.model);
			if (model) {
				this.again(answer, { model });
			}
		},

		async step(id, by) {
			await this.choose(conversation.versionBeside(id, by));
		},

		async compare(id) {
			const chosen = await compare(() => conversation.versionsOf(id), id);
			if (chosen) {
				await this.choose(chosen);
			}
		},

		async choose(id) {
			try {
				await conversation.choose(id);
			} catch (problem) {
				this.say(problem.message);
			}
		},

		/** The question comes into the box; sending puts another version beside it. */
		edit(question) {
			if (question && !this.busy) {
				this.editing = question;
				this.draft = question.record.content;
				this.$nextTick(() => box.focus());
			}
		},

		leaveEditing() {
			this.editing = null;
			this.draft = history.draft(conversation.id);
			this.focusBox();
		},

		get mayBeTemporary() {
			return this.empty || this.temporary;
		},

		get temporaryText() {
			return texts.temporary;
		},

		/** Only before anything was asked: what is stored stays stored. */
		toggleTemporary() {
			if (this.empty) {
				this.temporary = conversation.temporary = !this.temporary;
			}
		},

		async loadModels() {
			this.models = await api.models().catch(() => []);
			if (!this.models.some(({ id }) => id === this.model)) {
				this.model = '';
			}
			this.$nextTick(() => (this.$refs.model ? (this.$refs.model.value = this.model) : null));
		},

		setModel(event) {
			this.model = event.target.value;
			history.savePreference('model', this.model);
		},

		changed({ id, title, ...state }) {
			const wasBusy = this.busy;
			Object.assign(this, state);
			this.follow(id);
			showTitle(title);
			this.hush(this.busy);
			if (state.problem !== known) {
				this.tellProblem(state.problem);
			}
			if (!id && this.ending === 'stopped') {
				history.saveDraft(undefined, '');
			}
			if (wasBusy && !this.busy) {
				this.$nextTick(() => this.focusBox());
				dispatchEvent(new CustomEvent('runnel-answered', { detail: { id } }));
			}
		},

		/** A question that was refused for what it is goes back into the box, to be asked differently. */
		tellProblem(problem) {
			known = problem;
			this.delayRetry(problem?.retryAfter ?? 0);
			if (problem?.retryable === false && this.draft === '') {
				this.draft = conversation.lastQuestion?.record.content ?? '';
			}
		},

		/** The first answer gives the page its own address, and makes what was typed safe to forget. */
		follow(id) {
			if (id && id !== idInPath() && !this.temporary) {
				history.saveDraft(undefined, '');
				window.history.replaceState(null, '', `${PAGE}/c/${id}`);
				dispatchEvent(new CustomEvent('runnel-begun', { detail: { id } }));
			}
		},

		/** A polite log would read out each fragment, so it is silent until the answer is whole. */
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
			const editing = this.editing;
			this.editing = null;
			if (editing) {
				conversation.edit(editing, text, this.options());
			} else {
				conversation.ask(text, this.options());
			}
			this.draft = '';
			if (conversation.id) {
				history.saveDraft(conversation.id, '');
			}
			follower.toEnd();
		},

		retry() {
			conversation.retry(this.options());
			follower.toEnd();
		},

		stop() {
			this.resume();
			conversation.stop();
		},

		pause() {
			conversation.pause();
			this.waiting = 0;
			counting = setInterval(() => (this.waiting = conversation.waitingWords), COUNT_EVERY_MS);
		},

		resume() {
			clearInterval(counting);
			conversation.resume();
		},

		latest() {
			follower.toEnd();
			this.focusBox();
		},

		fill(event) {
			this.draft = event.currentTarget.textContent.trim();
			this.$nextTick(() => box.focus());
		},

		/** Enter that ends the composition of an input method is not meant to send (`keyCode` 229: Safari). */
		press(event) {
			if (event.isComposing || event.keyCode === 229) {
				return;
			}
			if (event.key === 'Enter' && !event.shiftKey && !isTouch()) {
				event.preventDefault();
				this.send();
			} else if (event.key === 'ArrowUp' && this.draft === '') {
				event.preventDefault();
				this.edit(conversation.lastQuestion);
			}
		},

		escape(event) {
			if (isAnyOpen() || event.isComposing || event.keyCode === 229) {
				return;
			}
			if (this.busy) {
				this.stop();
			} else if (this.editing) {
				this.leaveEditing();
			}
		},

		/**
		 * Not on touch, where the keyboard would cover the page, and not at the cost of a selection or of
		 * somebody who is at a button or link inside an answer.
		 */
		focusBox() {
			const elsewhere = document.activeElement.closest('#turns *');
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

		cameBack() {
			if (document.visibilityState === 'visible') {
				conversation.nudge(false);
				conversation.sync();
			}
		},

		say(notice) {
			this.notice = notice;
			clearTimeout(noticing);
			noticing = setTimeout(() => (this.notice = ''), NOTICE_MS);
		},

		nextTheme() {
			this.theme = THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length];
			history.savePreference('theme', this.theme);
			if (this.theme === 'system') {
				delete document.documentElement.dataset.theme;
			} else {
				document.documentElement.dataset.theme = this.theme;
			}
		},
	};
}

function idInPath() {
	return /\/c\/([0-9a-f-]{36})$/i.exec(location.pathname)?.[1];
}

function isTouch() {
	return matchMedia('(pointer: coarse)').matches;
}
