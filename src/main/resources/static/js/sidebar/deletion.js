import * as api from '../stream/api.js';
import { fill, texts } from '../lib/texts.js';

const UNDO_MS = 10_000;

/**
 * Deletes a conversation after a delay in which the reader can undo it. The delay is repeated while the pointer or the
 * keyboard focus is on the undo line. That line takes the place of the entry, so that nothing moves. Leaving the page
 * deletes at once.
 */
export class Deletion {

	#onGone;
	#pending = new Map();

	/** @param {(id: string, problem?: Error) => void} onGone called after the deletion, with the problem if it failed */
	constructor(onGone) {
		this.#onGone = onGone;
		['beforeunload', 'pagehide'].forEach((leaving) => addEventListener(leaving, () => this.#commitAll()));
	}

	begin(id, item) {
		const line = lineFor(item.querySelector('.entry-title').textContent, () => this.#undo(id));
		item.classList.add('gone');
		item.append(line);
		line.querySelector('button').focus();
		this.#pending.set(id, { item, line });
		this.#wait(id);
	}

	/** Cancels a pending deletion, because the reader continues the conversation. */
	takeBack(id) {
		if (this.#pending.has(id)) {
			this.#forget(id);
		}
	}

	/**
	 * Moves the undo lines to the new elements after the list was redrawn. @param {(id: string) => HTMLElement} itemOf
	 */
	follow(itemOf) {
		for (const [id, pending] of this.#pending) {
			const item = itemOf(id);
			if (item && item !== pending.item) {
				item.classList.add('gone');
				item.append(pending.line);
				pending.item = item;
			}
		}
	}

	#wait(id) {
		const pending = this.#pending.get(id);
		const isReaderThere = () => pending.line.matches(':hover, :has(:focus-visible)');
		pending.timer = setTimeout(() => (isReaderThere() ? this.#wait(id) : this.#commit(id)), UNDO_MS);
	}

	#undo(id) {
		const item = this.#forget(id);
		item.querySelector('.entry-link').focus();
	}

	#commitAll() {
		[...this.#pending.keys()].forEach((id) => this.#commit(id));
	}

	async #commit(id) {
		const { item, line, timer } = this.#pending.get(id);
		clearTimeout(timer);
		this.#pending.delete(id);
		line.querySelector('button').disabled = true;
		try {
			await api.remove(id);
			this.#onGone(id);
		} catch (problem) {
			restore(item);
			this.#onGone(id, problem);
		}
	}

	#forget(id) {
		const { item, timer } = this.#pending.get(id);
		clearTimeout(timer);
		this.#pending.delete(id);
		restore(item);
		return item;
	}

}

function restore(item) {
	item.classList.remove('gone');
	item.querySelector('.undo')?.remove();
}

function lineFor(title, onUndo) {
	const line = document.getElementById('undo').content.firstElementChild.cloneNode(true);
	line.querySelector('span').textContent = fill(texts.deleted, title);
	line.querySelector('button').addEventListener('click', onUndo);
	return line;
}
