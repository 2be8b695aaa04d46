import * as api from './api.js';
import { fill, texts } from './texts.js';

const UNDO_MS = 10_000;

/**
 * Deletes conversations after a while in which that can be taken back; as long as the reader is at it, the while
 * does not end. The entry says so in its own place, so that nothing moves. Who leaves the page meant it.
 */
export class Deletion {

	#onGone;
	#pending = new Map();

	/** @param {(id: string, problem?: Error) => void} onGone told when it is deleted, or could not be */
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

	/** A conversation that somebody goes on with was not meant. */
	takeBack(id) {
		if (this.#pending.has(id)) {
			this.#forget(id);
		}
	}

	/** After the list was drawn anew an entry may be another element. @param {(id: string) => HTMLElement} itemOf */
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
