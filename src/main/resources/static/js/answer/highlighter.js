/** Longer code stays plain, and so does code with a longer line: nobody reads it, and colouring it takes long. */
const MAX_CHARS = 60_000;
const MAX_LINE_CHARS = 1000;

const PATIENCE_MS = 1000;

/** The first piece has more time, because the worker loads its library first. */
const FIRST_PATIENCE_MS = 10_000;

/**
 * Colours code in a worker, one piece after the other. A piece that takes too long stays plain, and its worker is
 * terminated.
 */
export class Highlighter {

	#open;
	#worker = null;
	#last = Promise.resolve();

	/** @param {() => Worker} open starts a worker that answers each message with pieces of HTML or null */
	constructor(open) {
		this.#open = open;
	}

	/** @returns {Promise<string[]|null>} HTML in pieces; null if the code stays plain */
	highlight(text, language) {
		if (!isColourable(text)) {
			return Promise.resolve(null);
		}
		this.#last = this.#last.then(() => this.#ask({ text, language }));
		return this.#last;
	}

	#ask(code) {
		const patience = this.#worker ? PATIENCE_MS : FIRST_PATIENCE_MS;
		const worker = (this.#worker ??= this.#open());
		return new Promise((resolve) => {
			const timer = setTimeout(() => resolve(this.#giveUp()), patience);
			worker.onmessage = ({ data }) => {
				clearTimeout(timer);
				resolve(data);
			};
			worker.onerror = () => {
				clearTimeout(timer);
				resolve(this.#giveUp());
			};
			worker.postMessage(code);
		});
	}

	#giveUp() {
		this.#worker.terminate();
		this.#worker = null;
		return null;
	}

}

function isColourable(text) {
	return text.length <= MAX_CHARS && !text.split('\n').some(({ length }) => length > MAX_LINE_CHARS);
}
