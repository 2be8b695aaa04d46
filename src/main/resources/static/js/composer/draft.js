import { joinDrafts } from './drafts.js';

/**
 * The text in the message box. While the reader is typing, it is the next question and is saved. While the reader is
 * editing, it replaces a question that was asked, and the next question is set aside. A sent question is unconfirmed until
 * the server has it. It stays saved until then, so that it is not lost with the page.
 */
export class Draft {

	#shown;
	#save;
	#question = null;
	#nextQuestion = '';
	#isUnconfirmed = false;

	/**
	 * @param {{text: string, editing: boolean}} shown the store that the message box shows
	 * @param {(text: string) => void} save saves the next question
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

	/** The turn of the question that is being edited; null while the reader is typing. */
	get question() {
		return this.#question;
	}

	/** Puts a question into the box. */
	edit(question) {
		this.#nextQuestion = this.#next;
		this.#question = question;
		this.#shown.editing = true;
		this.text = question.record.content;
	}

	/** Drops the changed text of the question. */
	cancelEdit() {
		this.#type(this.#nextQuestion);
	}

	/** Turns the changed text into the next question, because the edited question is no longer on the page. */
	keepEditAsNext() {
		this.#type(joinDrafts(this.#nextQuestion, this.text));
	}

	/** @returns {{text: string, question: object|null}} the text to send, and the question that it replaces */
	takeForSending() {
		const sent = { text: this.text, question: this.#question };
		if (sent.question) {
			this.#save(joinDrafts(this.#nextQuestion, sent.text));
		}
		this.#type(sent.question ? this.#nextQuestion : '');
		this.awaitConfirmation();
		return sent;
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
				this.#save(this.#next);
			}
		}
	}

	/** Saves the text as it was typed. A sent question stays saved instead of it, and so does the text set aside. */
	save() {
		if (!this.#isUnconfirmed && !this.#question) {
			this.#save(this.text);
		}
	}

	get #next() {
		return this.#question ? this.#nextQuestion : this.text;
	}

	#type(text) {
		this.#question = null;
		this.#nextQuestion = '';
		this.#shown.editing = false;
		this.text = text;
	}

}
