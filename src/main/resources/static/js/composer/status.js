import { on } from '../lib/events.js';
import { load } from '../lib/lazy.js';
import { fill, language, texts } from '../lib/texts.js';
import { chosenModel } from './model-choice.js';

const NOTICE_MS = 2000;

/** The Alpine component of the status line. */
export class Status {

	notice = '';
	hiding = 0;
	left = '';

	/** Knows costs; null until it is loaded with the first text or file of a question. */
	budget = null;

	/** @param {Chat} chat */
	constructor(chat) {
		this.chat = chat;
	}

	init() {
		on('say', (notice) => this.show(notice));
		this.$watch('hasDraft', () => this.tellFirst());
		this.$watch('$store.answer.busy', (busy) => busy || this.tellLeft(({ leftNow }) => leftNow()));
		this.tellFirst();
	}

	get hasDraft() {
		const { text, files } = this.$store.draft;
		return text.trim() !== '' || files.length > 0;
	}

	tellFirst() {
		if (this.hasDraft) {
			this.tellLeft(({ firstLeft }) => firstLeft());
		}
	}

	/** Shows what is left of the budget, if it is read. The page works without this text. */
	async tellLeft(read) {
		this.budget ??= await load('composer/budget.js').catch(() => null);
		this.left = (await (this.budget && read(this.budget))) ?? this.left;
	}

	/** Shows a notice for a moment. */
	show(notice) {
		this.notice = notice;
		clearTimeout(this.hiding);
		this.hiding = setTimeout(() => (this.notice = ''), NOTICE_MS);
	}

	get text() {
		const { draft, page, answer } = this.$store;
		if (draft.isTooLong) {
			return tooLongText(draft);
		}
		return this.notice || (page.online ? statusOf(answer) : texts[this.hasDraft ? 'offlineDraft' : 'offline']);
	}

	/** Whether the page shows by itself what the text tells: that the answer has ended, or that a message waits. */
	get ended() {
		const { draft, page, answer } = this.$store;
		return page.online && !draft.isTooLong && (this.notice ? this.notice === texts.queued : !answer.busy);
	}

	get estimate() {
		const { budget, hasDraft, $store, chat } = this;
		return budget && hasDraft && !$store.answer.busy
			? budget.estimateOf($store.draft, chat.conversation.characters, chosenModel($store))
			: '';
	}

	get waitingText() {
		return texts.waitingWords(this.$store.answer.waiting);
	}

}

function tooLongText({ text, limit }) {
	return fill(texts.tooLong, ...[text.length - limit, limit].map((count) => count.toLocaleString(language)));
}

function statusOf({ busy, connected, paused, phase, isWaiting, ending }) {
	if (busy) {
		return connected ? (paused ? texts.paused : texts[isWaiting ? 'waiting' : phase]) : texts.reconnecting;
	}
	return { complete: texts.complete, stopped: texts.stopped }[ending] ?? '';
}
