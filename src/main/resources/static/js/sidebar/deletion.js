import * as api from '../stream/api.js';
import { style } from '../lib/lazy.js';
import { fill, texts } from '../lib/texts.js';

await style('dialogs');

const UNDO_MS = 10_000;

/**
 * Deletes a conversation after a delay in which the reader can undo it. The delay is repeated while the pointer or the
 * keyboard focus is on the undo line. That line takes the place of the entry, so that nothing moves. Leaving the page
 * deletes at once.
 */
export class Deletion {

	#onGone;
	#onReturn;
	#pending = new Map();

	/**
	 * @param {(id: string, problem?: Error) => void} onGone called after the deletion, with the problem if it failed
	 * @param {(id: string) => void} onReturn called when the deletion of a conversation of the page before is undone
	 */
	constructor(onGone, onReturn) {
		this.#onGone = onGone;
		this.#onReturn = onReturn;
		['beforeunload', 'pagehide'].forEach((leaving) => addEventListener(leaving, () => this.#commitAll()));
	}

	/** Begins the deletion of a listed conversation. */
	begin(id, item) {
		this.#begin(id, { item, title: item.querySelector('.entry-title').textContent });
		item.querySelector('.undo button').focus();
	}

	/** Begins the deletion of a conversation that the page before has left. @param {HTMLElement} [item] its entry, if listed */
	goOn({ id, title }, item) {
		this.#begin(id, { item, place: document.getElementById('undo-place'), title });
	}

	/**
	 * Moves the undo lines to the new elements after the list was redrawn. @param {(id: string) => HTMLElement} itemOf
	 */
	follow(itemOf) {
		for (const [id, pending] of this.#pending) {
			const item = itemOf(id);
			if (item && item !== pending.item) {
				pending.item = item;
				cover(pending);
			}
		}
	}

	/** @param {{item?: HTMLElement, place?: HTMLElement, title: string}} shown `place` is where the undo line stands instead */
	#begin(id, { item, place, title }) {
		const pending = { item, place, line: lineFor(title, () => this.#undo(id)) };
		this.#pending.set(id, pending);
		cover(pending);
		this.#wait(id);
	}

	#wait(id) {
		const pending = this.#pending.get(id);
		const isReaderThere = () => pending.line.matches(':hover, :has(:focus-visible)');
		pending.timer = setTimeout(() => (isReaderThere() ? this.#wait(id) : this.#commit(id)), UNDO_MS);
	}

	#undo(id) {
		const pending = this.#pending.get(id);
		clearTimeout(pending.timer);
		this.#pending.delete(id);
		uncover(pending);
		if (pending.place) {
			this.#onReturn(id);
		} else {
			pending.item.querySelector('.entry-link').focus();
		}
	}

	#commitAll() {
		[...this.#pending.keys()].forEach((id) => this.#commit(id));
	}

	async #commit(id) {
		const pending = this.#pending.get(id);
		clearTimeout(pending.timer);
		this.#pending.delete(id);
		pending.line.querySelector('button').disabled = true;
		const problem = await api.remove(id).then(() => undefined, (error) => error);
		if (problem || pending.place) {
			uncover(pending);
		}
		this.#onGone(id, problem);
	}

}

/** Shows the undo line instead of the entry. */
function cover({ item, place, line }) {
	item?.classList.add('gone');
	(place ?? item).append(line);
}

function uncover({ item, line }) {
	item?.classList.remove('gone');
	line.remove();
}

function lineFor(title, onUndo) {
	const line = document.getElementById('undo').content.firstElementChild.cloneNode(true);
	line.querySelector('span').textContent = fill(texts.deleted, title);
	line.querySelector('button').addEventListener('click', onUndo);
	return line;
}
