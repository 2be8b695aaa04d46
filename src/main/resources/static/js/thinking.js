import { fill, texts } from './texts.js';

const EVERY_MS = 1000;

/** Says in the head of the folded reasoning how long it has been going on, and in the end how long it took. */
export class ThinkingTime {

	#summary;
	#began = 0;
	#timer = 0;
	#total = null;

	/** @param {HTMLElement} summary */
	constructor(summary) {
		this.#summary = summary;
	}

	/** To be told each time whether the model is thinking; the first and the last of it count. */
	thinks(isThinking) {
		if (isThinking && !this.#timer) {
			this.#began ||= performance.now();
			this.#timer = setInterval(() => this.#say(texts.thinkingFor), EVERY_MS);
		} else if (!isThinking && this.#timer) {
			clearInterval(this.#timer);
			this.#timer = 0;
			this.#say(texts.thought);
		}
	}

	/** What the server has counted up to now: this page may have come later, or again. */
	learn(millis) {
		this.#began = performance.now() - millis;
	}

	/** What the server says that it took in all. */
	end(millis) {
		if (millis != null && millis !== this.#total) {
			this.#total = millis;
			this.#summary.textContent = fill(texts.thought, texts.duration(millis));
		}
	}

	/** The answer is written anew. */
	reset() {
		this.#began = performance.now();
		this.#total = null;
	}

	#say(words) {
		this.#summary.textContent = fill(words, texts.duration(performance.now() - this.#began));
	}

}
