import { listenForUpward } from './upward.js';

/**
 * Keeps the newest line in view while the reader is at the end, and only then. It remembers the positions that it set
 * itself. Every other movement is the reader's.
 */

const NEAR_END_PX = 60;
const MOVED_UP_PX = 3;

export class Follower {

	#scroller;
	#onChange;
	#following = true;
	#dragging = false;
	#last = 0;
	#own = -1;
	#news = false;
	#topmost = null;

	/**
	 * @param {HTMLElement} scroller
	 * @param {(state: {atEnd: boolean, news: boolean}) => void} onChange called after a possible change of either
	 */
	constructor(scroller, onChange) {
		this.#scroller = scroller;
		this.#onChange = onChange;
		listenForUpward(scroller, () => this.stay());
		const on = (type, listener) => scroller.addEventListener(type, listener, { passive: true });
		on('scroll', () => this.#scrolled());
		on('pointerdown', (event) => (this.#dragging = event.button === 0 && event.pointerType === 'mouse'));
		document.addEventListener('pointerup', () => (this.#dragging = false));
		document.addEventListener('pointercancel', () => (this.#dragging = false));
		document.addEventListener('selectionchange', () => this.#selected());
		// Turns out of view get their real height only near the view, after the scroll to the end.
		const resized = new ResizeObserver(() => this.keepUp(false));
		[scroller, ...scroller.children].forEach((element) => resized.observe(element));
	}

	/** Call this after text was written, at most once a frame. */
	keepUp(textArrived = true) {
		const moves = this.#following && !this.#dragging;
		if (moves) {
			this.#write();
		}
		if (textArrived && !this.#news && (!moves || this.#topmost)) {
			this.#news = true;
			this.#report();
		}
	}

	/**
	 * Goes to the end and follows from there, wherever the reader was.
	 *
	 * @param {HTMLElement|null} topmost an element to keep in view: scrolling stops when it is at the top
	 */
	toEnd(topmost = null) {
		this.#following = true;
		this.#topmost = topmost;
		this.#write();
		this.#report();
	}

	/** Scrolls to an element and stops following. @param {HTMLElement} part */
	toPart(part) {
		this.#following = false;
		part.scrollIntoView();
		this.#own = this.#last = this.#scroller.scrollTop;
		this.#report();
	}

	#write() {
		this.#scroller.scrollTop = Math.min(this.#scroller.scrollHeight, this.#highest());
		this.#own = this.#last = this.#scroller.scrollTop;
	}

	#highest() {
		if (!this.#topmost?.isConnected) {
			return Infinity;
		}
		return this.#topmost.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top + this.#scroller.scrollTop;
	}

	#scrolled() {
		const top = this.#scroller.scrollTop;
		if (Math.abs(top - this.#own) > 1) {
			this.#moved(top);
		}
		this.#last = top;
		this.#own = -1;
	}

	#moved(top) {
		const rest = this.#scroller.scrollHeight - this.#scroller.clientHeight - top;
		if (top < this.#last - MOVED_UP_PX && rest > 1) {
			this.stay();
		} else if (top >= this.#last && rest <= NEAR_END_PX) {
			this.#following = true;
			this.#topmost = null;
		}
		this.#report();
	}

	/** Stops following while the reader selects text, because the view must not move under the pointer. */
	#selected() {
		const selection = document.getSelection();
		if (this.#dragging && !selection.isCollapsed && this.#scroller.contains(selection.anchorNode)) {
			this.stay();
		}
	}

	/** Stops following until the reader goes to the end. */
	stay() {
		if (this.#following && this.#scroller.scrollHeight > this.#scroller.clientHeight) {
			this.#following = false;
			this.#report();
		}
	}

	#report() {
		const { scrollHeight, clientHeight, scrollTop } = this.#scroller;
		const atEnd = scrollHeight - clientHeight - scrollTop <= NEAR_END_PX;
		this.#news = this.#news && !atEnd;
		this.#onChange({ atEnd, news: this.#news });
	}

}
