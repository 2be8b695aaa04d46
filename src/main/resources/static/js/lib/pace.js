import { inNextTask } from './slice.js';

/** The time for one frame, with the style, layout and paint that follow the scripts. A key waits for two frames at most. */
const FRAME_MS = 50;
const LEAST_MS = 10;
const MOST_MS = 40;

/**
 * The time for writing in one frame. A browser needs much more time to lay out one text than another, and a slow machine
 * more than a fast one. So each frame that used up its time is measured as a whole, and sets the time for the next.
 */
export class Pace {

	#budget = MOST_MS / 2;
	#end = 0;

	/** Whether the time is over. The rest then waits for the next frame. */
	get isOver() {
		return performance.now() >= this.#end;
	}

	/** Begins to write. */
	begin() {
		this.#end = performance.now() + this.#budget;
	}

	/** Runs the work of a frame, and learns from the time that passes until the browser has shown it. */
	frame(work) {
		const begin = performance.now();
		work();
		if (this.isOver) {
			inNextTask(() => this.#learn(performance.now() - begin));
		}
	}

	#learn(taken) {
		this.#budget = Math.min(MOST_MS, Math.max(LEAST_MS, (this.#budget * FRAME_MS) / Math.max(1, taken)));
	}

}
