const SLICE_MS = 8;

/** The number of new elements that a browser lays out in about the time of a slice. */
const MAX_ELEMENTS = 500;

/** Cuts long work into slices of 8 ms, so that the page can react in between. New elements can end a slice earlier. */
export class Slice {

	#end = performance.now() + SLICE_MS;
	#elements = 0;

	/** Whether the slice is over. */
	get isOver() {
		return this.#elements >= MAX_ELEMENTS || performance.now() > this.#end;
	}

	/** Counts elements that the browser lays out after the slice. */
	count(elements) {
		this.#elements += elements;
	}

	/** Waits for an idle moment if the slice is over, and begins the next one. */
	pause() {
		return this.#after(window.requestIdleCallback ?? setTimeout);
	}

	/** Lets the page react if the slice is over, and begins the next one. A hidden page does not slow this down. */
	yield() {
		return this.#after(inNextTask);
	}

	async #after(wait) {
		if (this.isOver) {
			await new Promise((resolve) => wait(resolve));
			this.#end = performance.now() + SLICE_MS;
			this.#elements = 0;
		}
	}

}

/** Calls back in a task of its own. In a frame this is after the browser has shown it. A hidden page does not slow it down. */
export function inNextTask(call) {
	const { port1, port2 } = new MessageChannel();
	port1.onmessage = () => {
		port1.close();
		call();
	};
	port2.postMessage(0);
}
