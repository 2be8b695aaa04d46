import { fill, texts } from '../lib/texts.js';

const EVERY_MS = 1000;

/** Shows in the summary of the reasoning how long the model has been thinking, and at the end how long it took. */
export class ThinkingTime {

	#summary;
	#began = 0;
	#timer = 0;
	#total = null;
	#learnt = false;

	/** @param {HTMLElement} summary */
	constructor(summary) {
		this.#summary = summary;
	}

	/** Starts or stops the clock. Calls that repeat the last value have no effect. */
	setThinking(isThinking) {
		if (isThinking && !this.#timer) {
			this.#began ||= performance.now();
			this.#timer = setInterval(() => this.#say(texts.thinkingFor), EVERY_MS);
		} else if (!isThinking && this.#timer) {
			clearInterval(this.#timer);
			this.#timer = 0;
			this.#say(texts.thought);
			this.#learnt = false;
		} else if (!isThinking && this.#learnt) {
			this.#say(texts.thought);
			this.#learnt = false;
		}
	}

	/** Takes the time that the server has counted so far, because this page may have connected later, or again. */
	learn(millis) {
		this.#began = performance.now() - millis;
		this.#learnt = true;
	}

	/** Shows the total time from the server. */
	end(millis) {
		if (millis != null && millis !== this.#total) {
			this.#total = millis;
			this.#summary.textContent = fill(texts.thought, texts.duration(millis));
		}
	}

	/** Starts again, because the answer is written anew. */
	reset() {
		this.#began = performance.now();
		this.#total = null;
		this.#learnt = false;
	}

	#say(words) {
		this.#summary.textContent = fill(words, texts.duration(performance.now() - this.#began));
	}

}
