import { withModule } from '../lib/lazy.js';
import { preference } from '../lib/preferences.js';
import { Follower } from '../lib/scroll.js';

/** Where the reader is in the conversation. */
export class View {

	#conversation;
	#follower;

	/**
	 * @param {HTMLElement} log the element that scrolls
	 * @param {(state: {atEnd: boolean, news: boolean}) => void} onChange
	 */
	constructor(log, onChange) {
		this.#follower = new Follower(log, onChange);
	}

	/** Shows the message that the address names, or else the end. */
	open(conversation) {
		this.#conversation = conversation;
		addEventListener('hashchange', () => this.#showHit());
		if (location.hash) {
			this.#showHit();
		} else {
			this.toEnd();
		}
	}

	/** Call this after text was written. */
	keepUp(textArrived) {
		this.#follower.keepUp(textArrived);
	}

	toEnd() {
		this.#follower.toEnd();
	}

	/** Stops following the text until the reader goes to the end. */
	stay() {
		this.#follower.stay();
	}

	/**
	 * Scrolls to the new question. The `follow` preference decides whether the view then stays there or follows the text.
	 */
	showQuestion() {
		const questions = document.querySelectorAll('#turns > [data-role="user"]');
		this.#follower.toEnd(preference('follow') === 'question' ? questions[questions.length - 1] : null);
	}

	/** Shows the message that the address names. */
	async #showHit() {
		const [, id] = /^#m-(.+)$/.exec(location.hash) ?? [];
		if (id) {
			this.stay();
			this.#mark(await this.#reveal(id));
		}
	}

	/**
	 * Shows the branch that contains this message, if it is not shown already: a search may find a message in another one.
	 *
	 * @returns {Promise<HTMLElement|null>} the message's element; null if there is no such message
	 */
	async #reveal(id) {
		const conversation = this.#conversation;
		if (!conversation.elementOf(id)) {
			await conversation.read;
		}
		if (!conversation.elementOf(id) && conversation.branch.messages.some((message) => message.id === id)) {
			await withModule('conversation/turn-actions.js', ({ choose }) => choose(conversation, id));
		}
		return conversation.elementOf(id);
	}

	/** Marks a turn and moves the focus to it, so that reading continues there. */
	#mark(element) {
		document.querySelector('.turn.sought')?.classList.remove('sought');
		if (element) {
			element.classList.add('sought');
			element.tabIndex = -1;
			element.focus({ preventScroll: true });
			this.#follower.toPart(element);
		}
	}

}
