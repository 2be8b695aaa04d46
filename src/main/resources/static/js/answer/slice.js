const SLICE_MS = 8;

/** Cuts long work into slices of 8 ms, so that the page can react in between. */
export class Slice {

	#end = performance.now() + SLICE_MS;

	/** Whether the slice is over. */
	get isOver() {
		return performance.now() > this.#end;
	}

	/** Waits for an idle moment if the slice is over, and begins the next one. */
	async pause() {
		if (this.isOver) {
			await new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(resolve));
			this.#end = performance.now() + SLICE_MS;
		}
	}

}
