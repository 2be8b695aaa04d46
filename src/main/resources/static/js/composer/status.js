import { on } from '../lib/events.js';
import { load } from '../lib/lazy.js';
import { fill, joined, language, texts } from '../lib/texts.js';
import { estimateCost, estimateTokens } from './estimate.js';
import { chosenModel } from './model-choice.js';

const NOTICE_MS = 2000;

/** The Alpine component of the status line. */
export class Status {

	notice = '';
	hiding = 0;
	left = '';

	/** @param {Chat} chat */
	constructor(chat) {
		this.chat = chat;
	}

	init() {
		on('say', (notice) => this.show(notice));
		this.$watch('$store.draft.text', (text) => text && this.tellLeft(({ firstLeft }) => firstLeft()));
		this.$watch('$store.answer.busy', (busy) => busy || this.tellLeft(({ leftNow }) => leftNow()));
	}

	/** Shows what is left of the budget, if it is read. The page works without this text. */
	async tellLeft(read) {
		const budget = await load('composer/budget.js').catch(() => null);
		this.left = (await (budget && read(budget))) ?? this.left;
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
		return this.notice || (page.online ? statusOf(answer) : texts.offline);
	}

	/** Whether the page shows by itself what the text tells: that the answer has ended, or that a message waits. */
	get ended() {
		const { draft, page, answer } = this.$store;
		return page.online && !draft.isTooLong && (this.notice ? this.notice === texts.queued : !answer.busy);
	}

	get estimate() {
		const { draft, answer } = this.$store;
		return answer.busy ? '' : estimateOf(draft, this.chat.conversation.characters, chosenModel(this.$store));
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

/** The estimated tokens and cost of sending the draft together with the conversation; empty without a draft. */
function estimateOf({ text, files }, characters, model) {
	if (text.trim() === '' && files.length === 0) {
		return '';
	}
	const attached = files.reduce((sum, { attachment }) => sum + (attachment?.tokens ?? 0), 0);
	const tokens = estimateTokens(text) + attached + Math.ceil(characters / 4);
	const cost = estimateCost(tokens, model);
	return fill(texts.estimate, joined([texts.tokens(tokens), cost && texts.cost(cost)]));
}
