const FIRST_PAUSE_MS = 300;
const MAX_PAUSE_MS = 15_000;

/** The waits between attempts to connect. */
export class Backoff {

	#wake = () => {};

	/**
	 * Waits longer each time, with jitter, so that many pages do not reconnect at once. While the browser is offline,
	 * waits until `wake`.
	 */
	pause(failures) {
		const longest = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
		return new Promise((resolve) => {
			const timer = navigator.onLine ? setTimeout(resolve, longest * (0.5 + Math.random() / 2)) : 0;
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}

	/** Ends the wait. */
	wake() {
		this.#wake();
	}

}
