import * as api from '../stream/api.js';

const PAGE_SIZE = 30;
const MAX_PAGE_SIZE = 100;

/** The visitor's conversations, as far as they were read from the server: pinned ones first, then the newest. */
export class Listing {

	conversations;

	/** Where the older conversations continue; null if there are none. */
	cursor;

	/**
	 * @param {object[]} conversations those that the server rendered
	 * @param {string|null} cursor
	 */
	constructor(conversations, cursor) {
		this.conversations = conversations;
		this.cursor = cursor;
	}

	/** Reads the newest part again. Older entries that are listed stay. */
	async refresh() {
		const size = Math.min(MAX_PAGE_SIZE, Math.max(PAGE_SIZE, this.conversations.length));
		const [pinned, others] = await Promise.all([
			api.conversations({ pinned: true, limit: MAX_PAGE_SIZE }),
			api.conversations({ pinned: false, limit: size }),
		]);
		this.conversations = joined([...pinned.conversations, ...others.conversations], this.conversations, others);
		this.cursor ??= others.nextCursor;
	}

	/** Adds the next page of older conversations. */
	async readOlder() {
		const { conversations, nextCursor } = await api.conversations({ cursor: this.cursor, pinned: false, limit: PAGE_SIZE });
		this.cursor = nextCursor;
		this.conversations = joined(this.conversations, conversations);
	}

	/**
	 * @returns {Promise<{conversations: object[], nextCursor: string|null}>} the first conversations that a search finds,
	 * best first, and a cursor if there are more
	 */
	find(query) {
		return api.conversations({ query, limit: PAGE_SIZE });
	}

}

/**
 * Joins two lists. An entry in both is taken from the first. With `page`, the newest page from the server, entries only
 * in the second are kept if they are older than that page.
 */
function joined(first, second, page) {
	const known = new Set(first.map(({ id }) => id));
	const end = page ? page.conversations.at(-1)?.updatedAt : null;
	const isBeyond = ({ updatedAt }) => !page || (page.nextCursor && updatedAt < end);
	return [...first, ...second.filter((one) => !known.has(one.id) && isBeyond(one))];
}
