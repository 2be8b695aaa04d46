import { Entries } from './entries.js';
import { Listing } from './listing.js';
import { showTitle } from '../lib/heading.js';
import { fill, texts } from '../lib/texts.js';

/** The list in the side bar: the newest conversations, or those that a search has found. */
export class ShownList {

	/** The entries on the page. */
	entries;

	/** While true, new results are not shown, so that nothing moves. */
	held = false;

	#current;
	#listing;
	#query;
	#older = document.getElementById('older');
	#onShown;
	#tell;

	/**
	 * @param {string|undefined} current the id of the conversation on the page
	 * @param {string} query the search that found the entries; empty for the plain list
	 * @param {() => void} onShown called after the entries have changed
	 * @param {(text: string) => void} tell shows a text above the list; an empty text hides it
	 */
	constructor(current, query, onShown, tell) {
		this.#current = current;
		this.#query = query;
		this.#onShown = onShown;
		this.#tell = tell;
		this.entries = new Entries(document.getElementById('entries'), current, query);
		this.#listing = new Listing(query ? [] : this.entries.list, this.#older.dataset.cursor ?? null);
		this.#older.addEventListener('click', () => this.#showOlder());
		new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && this.#showOlder()).observe(this.#older);
	}

	setCurrent(id) {
		this.#current = id;
		this.entries.setCurrent(id);
	}

	/** Reads the newest part of the list again. Rejects if that fails; the list stays as it is then. */
	async refresh() {
		await this.#listing.refresh();
		this.show();
	}

	/** Shows the list, unless a search is shown. */
	show() {
		const { conversations, cursor } = this.#listing;
		if (!this.#query && !this.held) {
			this.#show(conversations);
		}
		this.#older.hidden = !cursor || Boolean(this.#query);
		showTitle(conversations.find(({ id }) => id === this.#current)?.title);
	}

	/**
	 * Searches. A result that arrives after the query has changed is not shown.
	 *
	 * @returns {Promise<boolean>} whether the hits are shown
	 */
	async find(query) {
		this.#query = query;
		if (!query) {
			this.#tell('');
			this.show();
			return false;
		}
		this.#older.hidden = true;
		try {
			return this.#showFound(query, await this.#listing.find(query));
		} catch (problem) {
			this.#tell(problem.message);
			return false;
		}
	}

	#showFound(query, { conversations, nextCursor }) {
		const isCurrent = this.#query === query;
		if (isCurrent) {
			this.#show(conversations);
			this.#tell(countOf(conversations.length, nextCursor));
		}
		return isCurrent;
	}

	/** Applies a change to the list and to the found entries. @param {(list: object[]) => object[]} change */
	replace(change) {
		const found = change(this.entries.list);
		this.#listing.conversations = change(this.#listing.conversations);
		this.show();
		if (this.#query) {
			this.#show(found);
		}
	}

	async #showOlder() {
		if (!this.#listing.cursor || this.#older.disabled) {
			return;
		}
		this.#older.disabled = true;
		try {
			await this.#listing.readOlder();
			this.show();
			this.entries.arrange();
		} catch (problem) {
			this.#tell(problem.message);
		} finally {
			this.#older.disabled = false;
		}
	}

	#show(list) {
		this.entries.show(list, this.#query);
		this.#onShown();
		const empty = document.getElementById('no-entries');
		empty.hidden = list.length > 0;
		empty.textContent = this.#query ? fill(texts.nothing, this.#query) : texts.noChats;
	}

}

/** How many hits there are, in words; empty for none. With `nextCursor` there are more of them. */
function countOf(count, nextCursor) {
	const found = count > 0 ? texts.found(count) : '';
	return nextCursor ? fill(texts.foundMore, count) : found;
}
