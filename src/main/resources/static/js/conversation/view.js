import { load } from '../lib/lazy.js';
import { preference } from '../lib/preferences.js';
import { Follower } from '../lib/scroll.js';

/** Where the reader is in the conversation. */
export class View {

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
		addEventListener('hashchange', () => this.#showHit(conversation));
		if (location.hash) {
			this.#showHit(conversation);
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

	/** Shows the message that the address names. Without the module the browser does, if the message is on the page. */
	#showHit(conversation) {
		if (location.hash.startsWith('#m-')) {
			this.stay();
			load('conversation/hit.js').then(({ showHit }) => showHit(conversation, this.#follower), () => {});
		}
	}

}
