/**
 * The effect of patches on the HTML of an answer, as plain strings. Nothing here touches the page.
 *
 * A patch `{block, keep, html}` means `blocks[block] = (blocks[block] ?? '').slice(0, keep) + html`.
 */

/** So many changes are taken at once, because an answer may have any number of blocks. */
const SOME = 200;

/** A usual answer has some hundred blocks. */
const MANY = 10_000;

/** The blocks of one answer, and their changes since the last `take`. */
export class Blocks {

	#html = [];
	#seen = [];
	#kept = new Map();

	/** Applies patches. Several patches of one block become one change. */
	apply(patches) {
		for (const { block, keep, html } of patches) {
			const before = this.#html[block] ?? '';
			this.#html[block] = before.slice(0, keep) + html;
			this.#kept.set(block, Math.min(keep, this.#kept.get(block) ?? keep));
		}
	}

	/** Replaces all blocks. The next `take` reports the differences from what was seen. */
	reset(html = []) {
		const count = Math.max(this.#html.length, this.#seen.length, html.length);
		this.#html = html.slice();
		for (let block = 0; block < count; block++) {
			this.#kept.set(block, 0);
		}
	}

	/** @returns {{block: number, before: string, after: string, keep: number}[]} some of the changes that were not taken yet */
	take() {
		const changes = [];
		for (const [block, keep] of this.#kept) {
			if (changes.length >= SOME) {
				break;
			}
			this.#kept.delete(block);
			const before = this.#seen[block] ?? '';
			const after = this.#html[block] ?? '';
			this.#seen[block] = after;
			if (before !== after) {
				changes.push({ block, before, after, keep: Math.min(keep, before.length) });
			}
		}
		return changes.sort((one, other) => one.block - other.block);
	}

	/**
	 * Copies all strings into whole ones, because browsers keep a concatenated string as its pieces. Very many blocks stay
	 * as they are, because copying them takes long.
	 */
	settle() {
		if (this.#kept.size === 0 && this.#html.length < MANY) {
			this.#html = structuredClone(this.#html);
			this.#seen = this.#html.slice();
		}
	}

}
