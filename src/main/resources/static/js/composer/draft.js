import { joinDrafts } from './drafts.js';

/**
 * The text in the message box: the next question. It is saved while the reader is typing. A sent question is unconfirmed
 * until the server has it. It stays saved until then, so that it is not lost with the page.
 */
export class Draft {

	#shown;
	#save;
	#isUnconfirmed = false;

	/**
	 * @param {{text: string}} shown the store that the message box shows
	 * @param {(text: string, files?: object[]) => void} save saves the next question, with files that are no longer in the box
	 */
	constructor(shown, save) {
		this.#shown = shown;
		this.#save = save;
	}

	get text() {
		return this.#shown.text;
	}

	set text(text) {
		this.#shown.text = text;
	}

	/** Adds a text to the next question, because its own place is gone. */
	add(text) {
		this.text = joinDrafts(this.text, text);
	}

	/** Empties the box. @returns {string} the text to send */
	takeForSending() {
		const { text } = this;
		this.text = '';
		this.awaitConfirmation();
		return text;
	}

	/** Saves a sent question that does not come from the box, and its files, together with the next question. */
	saveUntilConfirmed(question, files) {
		this.#save(joinDrafts(this.text, question), files);
		this.awaitConfirmation();
	}

	/** Keeps what is saved as it is until `settle`, because a question was sent. */
	awaitConfirmation() {
		this.#isUnconfirmed = true;
	}

	/** Ends the wait when the server has the question, or when its answer ended without that. */
	settle({ begun, phase, ending }) {
		if (this.#isUnconfirmed && (begun || phase === 'idle')) {
			this.#isUnconfirmed = false;
			if (begun || ending === 'stopped') {
				this.#save(this.text);
			}
		}
	}

	/** Saves the text as it was typed. A sent question stays saved instead of it. */
	save() {
		if (!this.#isUnconfirmed) {
			this.#save(this.text);
		}
	}

}
