import { Painter } from './paint.js';
import { ThinkingTime } from './thinking.js';

/** The reasoning of an answer on the page, and how long the model has been thinking. */
export class Reasoning {

	#details;
	#painter;
	#time;
	#held = false;

	/**
	 * @param {HTMLDetailsElement} details
	 * @param {() => void} onPainted called once after each write
	 */
	constructor(details, onPainted) {
		this.#details = details;
		this.#painter = new Painter(details.querySelector('.reasoning-text'), onPainted, false);
		this.#time = new ThinkingTime(details.querySelector('summary'));
	}

	/** Adds text. @param {number} [millis] how long the model has been thinking */
	add(patches, millis) {
		this.#painter.apply(patches);
		if (millis) {
			this.#time.learn(millis);
		}
	}

	/** Replaces all text. */
	reset(html) {
		this.#painter.reset(html ? [html] : []);
	}

	/** Starts again, because the answer is written anew. */
	restart() {
		this.reset('');
		this.#time.reset();
	}

	/** Keeps the server's elements. Those of a folded text are completed when it is unfolded. */
	adopt() {
		const details = this.#details;
		const unfolded = new Promise((resolve) => details.addEventListener('toggle', resolve, { once: true }));
		this.#painter.adopt(details.open ? undefined : unfolded);
	}

	/** Leaves the text and its fold as they are until `release`. */
	hold() {
		this.#held = true;
		this.#painter.hold();
	}

	release() {
		this.#held = false;
		this.#painter.release();
	}

	/** Writes due changes, because the answer has ended. */
	settle() {
		this.#painter.flush();
		this.#painter.settle();
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
		if (details.dataset.state !== state && !this.#held) {
			details.dataset.state = state;
			details.open = state === 'thinking';
		}
	}

}
