const COUNT_EVERY_MS = 250;

/** A pause in which the page stays as it is while the answer goes on. */
export class Pause {

	isOn = false;

	#text = '';
	#counting = 0;
	#onCount;

	/** @param {() => void} onCount called during the pause, because more words may be waiting */
	constructor(onCount) {
		this.#onCount = onCount;
	}

	begin() {
		this.end();
		this.isOn = true;
		this.#counting = setInterval(this.#onCount, COUNT_EVERY_MS);
	}

	end() {
		this.isOn = false;
		clearInterval(this.#counting);
		this.forget();
	}

	/** Notes text of the answer. */
	hold(text) {
		if (this.isOn) {
			this.#text += text;
		}
	}

	/** Forgets the text, because it is shown or did not belong to the answer. */
	forget() {
		this.#text = '';
	}

	/** The number of words that arrived during the pause. */
	get words() {
		return this.#text.match(/\S+/g)?.length ?? 0;
	}

}
