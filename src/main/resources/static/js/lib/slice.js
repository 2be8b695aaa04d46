const SLICE_MS = 8;

/** Cuts long work into slices of 8 ms, so that the page can react in between. */
export class Slice {

	#end = performance.now() + SLICE_MS;

	/** Whether the slice is over. */
	get isOver() {
		return performance.now() > this.#end;
	}

	/** Waits for an idle moment if the slice is over, and begins the next one. */
	pause() {
		return this.#after(window.requestIdleCallback ?? setTimeout);
	}

	/** Lets the page react if the slice is over, and begins the next one. A hidden page does not slow this down. */
	yield() {
		return this.#after((resolve) => {
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = () => resolve(port1.close());
			port2.postMessage(0);
		});
	}

	async #after(wait) {
		if (this.isOver) {
			await new Promise((resolve) => wait(resolve));
			this.#end = performance.now() + SLICE_MS;
		}
	}

}
