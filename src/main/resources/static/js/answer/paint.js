import { Changes } from './changes.js';
import { dress } from './code.js';
import { preparation, touched } from './drawing.js';
import { Parts } from './parts.js';
import { Pace } from '../lib/pace.js';
import { Slice } from '../lib/slice.js';
import { write } from './write.js';

/** All texts of the page are shown in the same frames. A longer frame delays the reaction to a key. */
const pace = new Pace();

/**
 * Keeps the elements of one text equal to its blocks. All patches that arrive between two frames are written together,
 * and only where the HTML changes. Finished elements keep their identity, and with it selection, focus and scroll
 * position. Work that does not fit one frame is continued in the next ones.
 */
export class Painter {

	#changes = new Changes(() => this.#schedule());
	#parts;
	#frame = 0;
	#held = false;
	#waits = false;
	#adopted = false;
	#grows = false;
	#tip;
	#body;
	#onPainted;
	#marksTip;

	/** Resolves when the text that came may be written: the first formula waits for what draws it. */
	ready = null;

	/**
	 * @param {HTMLElement} body the element that holds the text and nothing else
	 * @param {() => void} onPainted called once after each write
	 * @param {boolean} marksTip whether to mark the end while the text grows
	 */
	constructor(body, onPainted = () => {}, marksTip = true) {
		this.#body = body;
		this.#parts = new Parts(body);
		this.#onPainted = onPainted;
		this.#marksTip = marksTip;
	}

	/** Whether everything that came is written. */
	get isDone() {
		return this.#frame === 0 && !this.#held && !this.#waits;
	}

	apply(patches) {
		this.#grows = true;
		this.#changes.apply(patches);
		this.#waitFor(preparation(patches));
		this.#schedule();
	}

	/** Writes no frame until the promise resolves, if there is one. */
	async #waitFor(ready) {
		if (ready && !this.#waits) {
			this.#waits = true;
			this.ready = ready;
			cancelAnimationFrame(this.#frame);
			this.#frame = 0;
			await ready;
			this.#waits = false;
			this.#schedule();
		}
	}

	/** Replaces all blocks. Equal elements stay untouched. */
	reset(html) {
		this.#forgetAdopted();
		this.#changes.reset(html);
		this.#schedule();
	}

	/**
	 * Adopts the elements that the body holds, and adds what only a script can add. It starts with the last part, because
	 * the page opens at its end.
	 *
	 * @param {Promise} [shown] resolves when the reader sees the elements, which stay as they are until then
	 */
	async adopt(shown) {
		this.#adopted = true;
		if (shown) {
			await shown;
		}
		if (!this.#adopted) {
			return;
		}
		const parts = [...this.#body.children];
		const slice = new Slice();
		for (const part of parts.toReversed()) {
			dress(part);
			await slice.pause();
		}
		parts.forEach((part) => touched(part, this.#onPainted, slice));
	}

	/** Leaves the page as it is until `release`. Patches that arrive meanwhile are kept. */
	hold() {
		this.#held = true;
	}

	release() {
		this.#held = false;
		this.flush();
	}

	/** Writes due changes now, without waiting for a frame. */
	flush() {
		cancelAnimationFrame(this.#frame);
		this.#frame = 0;
		if (this.#held) {
			return;
		}
		const parts = this.#write();
		const slice = new Slice();
		parts.forEach((part) => touched(part, this.#onPainted, slice));
		this.#point();
		this.#onPainted();
	}

	/** Marks the end as final, draws what may have grown until now, and saves memory. Patches may still come. */
	settle() {
		this.#grows = false;
		this.#point();
		this.#changes.settle();
		if (this.#parts.last) {
			touched(this.#parts.last, this.#onPainted, new Slice());
		}
	}

	/**
	 * Marks the block at whose end the answer grows. The style sheet uses this mark only, because a style that depends on
	 * an ancestor of all blocks makes the browser visit all of them.
	 */
	#point() {
		const tip = this.#grows && this.#marksTip ? this.#parts.end : null;
		if (tip !== this.#tip) {
			this.#tip?.classList.remove('tip');
			tip?.classList.add('tip');
			this.#tip = tip;
		}
	}

	/**
	 * Writes changes until the time of a frame is over. The next frame continues.
	 *
	 * @returns {Set<HTMLElement>} the parts that have changed
	 */
	#write() {
		pace.begin();
		const parts = new Set();
		for (let change = this.#changes.next(); change; change = this.#changes.next()) {
			parts.add(this.#paint(change));
			if (pace.isOver) {
				this.#schedule();
				break;
			}
		}
		return parts;
	}

	#schedule() {
		if (!this.#frame && !this.#held && !this.#waits) {
			this.#frame = requestAnimationFrame(() => pace.frame(() => this.flush()));
		}
	}

	/** @returns {HTMLElement} the part that has changed */
	#paint(change) {
		const wrapper = this.#parts.wrapperOf(change.block, change.piece);
		const part = wrapper.parentElement;
		write(wrapper, change);
		wrapper.classList.toggle('cut', change.isCut);
		this.#parts.weigh(part, change);
		return part;
	}

	#forgetAdopted() {
		if (this.#adopted) {
			this.#adopted = false;
			this.#body.replaceChildren();
		}
	}

}
