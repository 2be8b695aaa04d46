import { announce } from '../lib/events.js';
import { withModule } from '../lib/lazy.js';
import { texts } from '../lib/texts.js';
import { openPreferences } from './commands.js';
import { focusBox } from './composer.js';

/** The Alpine component of the controls around the conversation. */
export class Page {

	mayRetry = true;
	retrying = 0;

	/** @param {Chat} chat */
	constructor(chat) {
		this.chat = chat;
	}

	init() {
		this.$watch('$store.answer.problem', (problem) => this.delayRetry(problem?.retryAfter ?? 0));
	}

	get mayBeTemporary() {
		const { empty, temporary } = this.$store.answer;
		return empty || temporary;
	}

	toggleTemporary() {
		this.chat.conversation.toggleTemporary();
		focusBox();
	}

	/** Puts a suggested question into the message box. */
	suggest(event) {
		this.chat.draft.text = event.currentTarget.textContent.trim();
		announce('drafted');
	}

	get retryText() {
		const { problem } = this.$store.answer;
		return problem?.retryAfter ? texts.tryAgainIn(problem.retryAfter) : '';
	}

	/** Disables Retry for a time. */
	delayRetry(seconds) {
		clearTimeout(this.retrying);
		this.mayRetry = seconds === 0;
		if (seconds > 0) {
			this.retrying = setTimeout(() => (this.mayRetry = true), seconds * 1000);
		}
	}

	retry() {
		this.chat.retry();
	}

	get latestText() {
		return this.$store.page.news ? texts.news : texts.latest;
	}

	showLatest() {
		this.chat.view.toEnd();
		focusBox();
	}

	openSettings() {
		withModule('dialogs/settings.js', ({ openSettings }) => openSettings(this.chat.conversation));
	}

	openPreferences() {
		openPreferences();
	}

	reload() {
		location.reload();
	}

}
