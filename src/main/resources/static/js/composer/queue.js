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
	 * @param {{queued: string, queuedFiles: string, limit: number}} shown the store that shows the message and the names of its files
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

	/** Whether a further message can wait too. All are sent as one, which has limits. */
	hasRoomFor(text, files) {
		return joinDrafts(this.text, text).length <= this.#shown.limit && this.joins(files);
	}

	/** Whether its files and so many others can be those of one message. */
	joins(files) {
		return !files || this.#files.length + files <= MAX_FILES;
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
