import { joinDrafts } from './drafts.js';

/** The files that a message can have. */
export const MAX_FILES = 10;

/**
 * The message that waits for the end of the running answer, with its files. It belongs to its tab, so that no other tab sends
 * it too.
 */
export class Queue {

	#shown;
	#save;
	#files;

	/**
	 * @param {{queued: string, queuedFiles: string, text: string, files: object[], limit: number}} shown the store that shows the
	 * message and the names of its files, and what is in the box
	 * @param {(text: string, files: object[]) => void} save saves the message; an empty text if there is none
	 * @param {[string, object[]]} saved the message that waited before the page was loaded
	 */
	constructor(shown, save, saved) {
		this.#shown = shown;
		this.#save = save;
		this.#set(...saved);
	}

	get text() {
		return this.#shown.queued;
	}

	/** Whether the message in the box can wait too. All are sent as one, which has limits. */
	get hasRoom() {
		const { text, limit } = this.#shown;
		return joinDrafts(this.text, text).length <= limit && this.joins;
	}

	/** Whether its files and those in the box can be those of one message. */
	get joins() {
		const { length } = this.#shown.files;
		return !length || this.#files.length + length <= MAX_FILES;
	}

	/** Adds a message to the one that waits. */
	add(text, files) {
		this.#set(joinDrafts(this.text, text), [...this.#files, ...files]);
	}

	/** Removes the message. @returns {[string, object[]]} its text and its files, as the server knows them */
	take() {
		const taken = [this.text, this.#files];
		this.#set('', []);
		return taken;
	}

	#set(text, files) {
		this.#files = files;
		Object.assign(this.#shown, { queued: text, queuedFiles: files.map(({ name }) => name).join(', ') });
		this.#save(text, files);
	}

}
