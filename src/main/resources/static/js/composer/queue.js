import { joinDrafts } from './drafts.js';

/** The message that waits for the end of the running answer. It belongs to its tab, so that no other tab sends it too. */
export class Queue {

	#shown;
	#save;

	/**
	 * @param {{queued: string}} shown the store that shows the message
	 * @param {(text: string) => void} save saves the message; an empty text if there is none
	 */
	constructor(shown, save) {
		this.#shown = shown;
		this.#save = save;
	}

	get text() {
		return this.#shown.queued;
	}

	/** Adds a message to the one that waits. */
	add(text) {
		this.#set(joinDrafts(this.text, text));
	}

	/** Removes the message. @returns {string} its text */
	take() {
		const { text } = this;
		this.#set('');
		return text;
	}

	#set(text) {
		this.#shown.queued = text;
		this.#save(text);
	}

}
