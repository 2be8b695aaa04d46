const SLICE_MS = 8;

/** Long work in slices: the page breathes in between. */
export class Slice {

	#end = performance.now() + SLICE_MS;

	/** Whether it is time for a pause. */
	get isOver() {
		return performance.now() > this.#end;
	}

	/** Waits where it is time to, and begins the next slice. */
	async pause() {
		if (this.isOver) {
			await new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(resolve));
			this.#end = performance.now() + SLICE_MS;
		}
	}

}
