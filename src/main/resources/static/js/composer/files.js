import { say } from '../lib/events.js';
import { load } from '../lib/lazy.js';
import { Failure } from '../stream/failure.js';

/**
 * The files of the next question, which the store shows: `state` is `sending`, `done` or `failed`, and `attachment` is
 * what the server knows of a file. What uploads and changes files is loaded with the first of them.
 */
export class Files {

	#shown;
	#onChange;
	#uploads = null;

	/** Files of an earlier page that are not shown yet. They belong to the question like the others. */
	#kept = [];

	/**
	 * @param {{files: object[], attaching: number}} shown the store that shows the files
	 * @param {() => void} onChange called when a file has come or gone
	 */
	constructor(shown, onChange) {
		this.#shown = shown;
		this.#onChange = onChange;
	}

	/** The uploaded files, as the server knows them. */
	get attachments() {
		const done = this.#shown.files.filter(({ state }) => state === 'done');
		return [...this.#kept, ...done.map(({ attachment }) => ({ ...attachment }))];
	}

	/** Shows files that were uploaded before the page was loaded. The server keeps them for a day. */
	restore(attachments) {
		this.#kept.push(...attachments);
		if (attachments.length > 0) {
			this.#use((uploads) => {
				uploads.restore(this.#kept);
				this.#kept = [];
			});
		}
	}

	/** @param {File[]} files */
	add(files) {
		this.#use((uploads) => uploads.add(files));
	}

	/**
	 * Makes a file of a long text that was pasted. The reader may have the text back.
	 *
	 * @returns {Promise<boolean>} whether there is a file
	 */
	addText(text) {
		return this.#use((uploads) => uploads.addText(text));
	}

	remove(key) {
		this.#use((uploads) => uploads.remove(key));
	}

	/** Replaces a PDF by some pages of the one that was uploaded. @param {HTMLInputElement} field names the pages */
	choosePages(key, field) {
		this.#use((uploads) => uploads.choosePages(key, field));
	}

	/** Removes the files that are sent with a question. @returns {object[]} these files, as the server knows them */
	take() {
		const { attachments } = this;
		this.#kept = [];
		this.#uploads?.clear();
		return attachments;
	}

	/** Nothing is sent until the chosen files are shown. @returns {Promise<unknown>} what `act` returns; false without a network */
	async #use(act) {
		this.#shown.attaching++;
		const module = await load('composer/uploads.js').catch(() => null);
		this.#shown.attaching--;
		if (module) {
			this.#uploads ??= new module.Uploads(this.#shown, this.#onChange);
			return act(this.#uploads);
		}
		say(Failure.of('network').message);
		return false;
	}

}
