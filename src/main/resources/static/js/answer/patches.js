/**
 * The effect of patches on the HTML of an answer, as plain strings. Nothing here touches the page.
 *
 * A patch `{block, keep, html}` means `blocks[block] = (blocks[block] ?? '').slice(0, keep) + html`.
 */

/** The most changes that are taken at once, because an answer may have any number of blocks. */
const SOME = 200;

/** From this number of blocks on, strings are not copied. A usual answer has some hundred blocks. */
const MANY = 10_000;

/**
 * The blocks of one answer, and their changes since the last `take`.
 *
 * A patch is not applied to its block at once, because each application copies the whole block. All patches of a block
 * become one text behind what the block keeps, and `take` applies them together.
 */
export class Blocks {

	#taken = [];
	#changes = new Map();

	/** Notes patches. Several patches of one block become one change. */
	apply(patches) {
		for (const { block, keep, html } of patches) {
			this.#changes.set(block, joined(this.#changeOf(block), keep, html));
		}
	}

	/** Replaces all blocks. The next `take` reports the differences from what was taken. */
	reset(html = []) {
		this.#changes.clear();
		for (let block = 0; block < Math.max(this.#taken.length, html.length); block++) {
			this.#changes.set(block, { keep: 0, added: html[block] ?? '' });
		}
	}

	/** @returns {{block: number, before: string, after: string, keep: number}[]} some of the changes that were not taken yet */
	take() {
		const changes = [];
		for (const [block, { keep, added }] of this.#changes) {
			if (changes.length >= SOME) {
				break;
			}
			this.#changes.delete(block);
			const before = this.#taken[block] ?? '';
			const after = before.slice(0, keep) + added;
			this.#taken[block] = after;
			if (before !== after) {
				changes.push({ block, before, after, keep });
			}
		}
		return changes.sort((one, other) => one.block - other.block);
	}

	/**
	 * Copies all strings into whole ones, because browsers keep a concatenated string as its pieces. Very many blocks stay
	 * as they are, because copying them takes long.
	 */
	settle() {
		if (this.#changes.size === 0 && this.#taken.length < MANY) {
			this.#taken = structuredClone(this.#taken);
		}
	}

	#changeOf(block) {
		return this.#changes.get(block) ?? { keep: this.#taken[block]?.length ?? 0, added: '' };
	}

}

/** The change that a patch makes of an earlier change of the same block. */
function joined(change, keep, html) {
	return keep < change.keep
		? { keep, added: html }
		: { keep: change.keep, added: change.added.slice(0, keep - change.keep) + html };
}
