import { focusBox } from '../composer/box.js';
import { clone } from '../dialogs/dialog.js';
import { isComposing, sends } from '../lib/keys.js';
import { style } from '../lib/lazy.js';
import { preference } from '../lib/preferences.js';

await style('dialogs');

const MAX_ROWS = 12;

/** Lets the reader change a question where it stands. A text without any word is not sent. */
export class QuestionEditor {

	/** The turn of the question that is being changed; null if there is none. */
	question = null;

	#chat;
	#form = clone('question-editor');
	#field = this.#form.querySelector('textarea');
	#submit = this.#form.querySelector('[type=submit]');
	#limit = Number(document.getElementById('message').dataset.limit) || Infinity;

	/** @param {Chat} chat */
	constructor(chat) {
		this.#chat = chat;
		this.#form.addEventListener('submit', (event) => {
			event.preventDefault();
			this.#send();
		});
		this.#form.addEventListener('keydown', (event) => this.#press(event));
		this.#form.querySelector('[type=button]').addEventListener('click', () => this.#cancel());
		this.#field.addEventListener('input', () => this.#check());
	}

	/** Opens a question. The changed text of another question stays open instead, so that it is not lost. */
	open(question) {
		const isUnchanged = this.#field.value === this.question?.record.content;
		if (question.element.isConnected && (!this.question || isUnchanged)) {
			this.close();
			this.question = question;
			this.#field.value = question.record.content;
			this.#check();
			question.element.classList.add('changing');
			question.element.append(this.#form);
		}
		this.#field.focus();
		this.#field.setSelectionRange(this.#field.value.length, this.#field.value.length);
	}

	/** Shows the question again. @returns {string} the text in the field */
	close() {
		this.question?.element.classList.remove('changing');
		this.question = null;
		this.#form.remove();
		return this.#field.value;
	}

	#send() {
		const { question } = this;
		if (!this.#submit.disabled && !this.#chat.busy) {
			this.#chat.sendEdited(question, this.close());
		}
	}

	#cancel() {
		this.close();
		focusBox();
	}

	#press(event) {
		if (event.key === 'Escape' && !event.shiftKey && !isComposing(event)) {
			event.stopPropagation();
			this.#cancel();
		} else if (event.target === this.#field && sends(event, preference('enter'))) {
			event.preventDefault();
			this.#send();
		}
	}

	/** The number of rows is for browsers without `field-sizing`. */
	#check() {
		const { value } = this.#field;
		const isTooLong = value.length > this.#limit;
		this.#field.rows = Math.min(MAX_ROWS, value.split('\n').length);
		this.#field.setAttribute('aria-invalid', String(isTooLong));
		this.#submit.disabled = isTooLong || value.trim() === '';
	}

}
