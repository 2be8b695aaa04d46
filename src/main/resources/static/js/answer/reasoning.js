import { addText } from './text-parts.js';
import { ThinkingTime } from './thinking.js';

/** The reasoning of an answer on the page, and how long the model has been thinking. */
export class Reasoning {

	#details;
	#text;
	#time;
	#due = '';

	/** @param {HTMLDetailsElement} details */
	constructor(details) {
		this.#details = details;
		this.#text = details.querySelector('.reasoning-text');
		this.#time = new ThinkingTime(details.querySelector('summary'));
	}

	/** Adds text. `paint` shows it. @param {number} [millis] how long the model has been thinking */
	add(text, millis) {
		this.#due += text;
		if (millis) {
			this.#time.learn(millis);
		}
	}

	/** Replaces all text. `paint` shows the new one. */
	replace(text) {
		this.#text.textContent = '';
		this.#due = text;
	}

	/** Starts again, because the answer is written anew. */
	restart() {
		this.replace('');
		this.#time.reset();
	}

	/** Shows text that was added. @returns {boolean} whether there was any */
	paint() {
		const text = this.#due;
		this.#due = '';
		if (text) {
			addText(this.#text, text);
		}
		return text !== '';
	}

	/**
	 * Opens the reasoning while there is no other text, and closes it afterwards. Between these changes the reader's own
	 * choice stays.
	 *
	 * @param {string} state the state of the answer, as its element has it
	 * @param {{hasText: boolean, isThinking: boolean, total: number|null|undefined}} known whether there is any reasoning,
	 * whether there is nothing else yet, and the milliseconds in all when they are known
	 */
	show(state, { hasText, isThinking, total }) {
		const details = this.#details;
		details.hidden = !hasText;
		this.#time.setThinking(isThinking && hasText);
		this.#time.end(total);
		if (details.dataset.state !== state) {
			details.dataset.state = state;
			details.open = state === 'thinking';
		}
	}

}
