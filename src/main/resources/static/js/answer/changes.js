import { loadCutter } from './cutter.js';
import { Blocks } from './patches.js';

/** The length of the longest block that is never cut. */
const NEVER_CUT = 2000;

/** The module that cuts long blocks; null until it is loaded. */
let cutter = null;

/** The changes of an answer that have to be written, piece by piece. A short block is one piece. */
export class Changes {

	#blocks = new Blocks();
	#pieces = [];
	#due = this.#ofPieces();
	#onLoaded;

	/** @param {() => void} onLoaded called when the module that cuts is loaded, if a change has waited for it */
	constructor(onLoaded) {
		this.#onLoaded = onLoaded;
	}

	apply(patches) {
		this.#blocks.apply(patches);
	}

	/** Replaces all blocks. */
	reset(html) {
		this.#blocks.reset(html);
	}

	/** Saves memory. Patches may still come. */
	settle() {
		this.#blocks.settle();
	}

	/** The next change to write; none while the module that cuts is being loaded. */
	next() {
		const { value, done } = this.#due.next();
		return done ? (this.#due = this.#ofPieces()).next().value : value;
	}

	/** Yields the changes of pieces. New patches are taken only after all earlier changes are written. */
	*#ofPieces() {
		for (const change of this.#blocks.take()) {
			while (change.after.length > NEVER_CUT && !cutter) {
				fetchCutter().then(this.#onLoaded);
				yield null;
			}
			for (const piece of this.#cut(change)) {
				yield { block: change.block, ...piece };
			}
		}
	}

	#cut(change) {
		const pieces = (this.#pieces[change.block] ??= cutter && new cutter.Pieces());
		return pieces?.change(change) ?? [{ ...change, piece: 0, isCut: false }];
	}

}

async function fetchCutter() {
	cutter = await loadCutter();
}
