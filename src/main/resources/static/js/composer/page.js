import { announce, say } from '../lib/events.js';
import { withModule } from '../lib/lazy.js';
import { texts } from '../lib/texts.js';
import { focusBox } from './box.js';

const COUNT_MS = 250;
const GLIDE_MS = 200;

/** The Alpine component of the controls around the conversation. */
export class Page {

	/** The seconds until a retry may help. */
	wait = 0;
	counting = 0;

	/** @param {Chat} chat */
	constructor(chat) {
		this.chat = chat;
	}

	init() {
		this.$watch('$store.answer.empty', (empty) => !empty && glide(document.querySelector('.desk')));
		this.$watch('$store.answer.problem', (problem) => this.countDown(problem?.retryAfter ?? 0));
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

	/** Asks the built-in mock what it can show. */
	showDemo() {
		this.chat.draft.text = '/mock';
		this.chat.send();
	}

	get retryText() {
		return this.wait > 0 ? texts.tryAgainIn(this.wait) : '';
	}

	/** Disables Retry for a time, and counts the seconds. A browser may call the timer late. */
	countDown(seconds) {
		const end = Date.now() + seconds * 1000;
		const count = () => {
			this.wait = Math.max(0, Math.ceil((end - Date.now()) / 1000));
			if (this.wait === 0) {
				clearInterval(this.counting);
			}
		};
		clearInterval(this.counting);
		this.counting = setInterval(count, COUNT_MS);
		count();
	}

	retry() {
		this.chat.retry();
		focusBox();
	}

	resumeAnswer() {
		this.chat.conversation.questions.resumeLast();
		focusBox();
	}

	/** Lets the reader choose another model for this conversation, and asks it the last question. */
	async askAnotherModel() {
		const { conversation } = this.chat;
		const model = await withModule('dialogs/model-picker.js', ({ pickModel }) => pickModel(this.$store.answer.model));
		if (model !== null) {
			await conversation.keepSettings({ model: model || null }).catch(({ message }) => say(message));
			this.retry();
		}
	}

	get latestText() {
		return this.$store.page.news ? texts.news : '';
	}

	showLatest() {
		this.chat.view.toEnd();
		focusBox();
	}

	openSettings() {
		withModule('dialogs/settings.js', ({ openSettings }) => openSettings(this.chat.conversation));
	}

	reload() {
		location.reload();
	}

}

/**
 * Lets the box move down to its place below the conversation. The page is laid out anew when all that watch the store have
 * run.
 */
async function glide(desk) {
	const { top } = desk.getBoundingClientRect();
	await null;
	const moved = top - desk.getBoundingClientRect().top;
	if (!matchMedia('(prefers-reduced-motion: reduce)').matches) {
		desk.animate([{ transform: `translateY(${moved}px)` }, { transform: 'none' }], { duration: GLIDE_MS, easing: 'ease-out' });
	}
}
