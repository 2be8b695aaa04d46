/**
 * The messages of a conversation as a tree. Each message names its parent. Messages with the same parent are versions of
 * the same turn. Nothing here touches the page.
 */
export class MessageTree {

	#messages = new Map();
	#children = new Map();

	/** Replaces all messages. Parents come first in the list. */
	replace(messages) {
		this.#messages.clear();
		this.#children.clear();
		messages.forEach((message) => this.put(message));
	}

	/** Adds a message, or updates a known one. */
	put(message) {
		const known = this.#messages.get(message.id);
		if (known) {
			Object.assign(known, message);
			return known;
		}
		this.#messages.set(message.id, message);
		this.#childrenOf(message.parentId).push(message);
		return message;
	}

	get(id) {
		return this.#messages.get(id);
	}

	get all() {
		return [...this.#messages.values()];
	}

	/** @returns {object[]} the messages from the first down to this one */
	branchTo(id) {
		const branch = [];
		for (let message = this.get(id); message; message = this.get(message.parentId)) {
			branch.unshift(message);
		}
		return branch;
	}

	/**
	 * @returns {object[]} this message and the other versions of its turn, oldest first; other failed answers without
	 * text are left out
	 */
	versionsOf(id) {
		const message = this.get(id);
		return message ? this.#childrenOf(message.parentId).filter((one) => one === message || !isEmptyFailure(one)) : [];
	}

	/**
	 * @returns {string} the id of the last message of the branch through this message that takes the newest version of
	 * each turn, except failed answers without text
	 */
	leafBelow(id) {
		const child = this.#childrenOf(id).findLast((one) => !isEmptyFailure(one));
		return child ? this.leafBelow(child.id) : id;
	}

	#childrenOf(id) {
		const key = id ?? null;
		if (!this.#children.has(key)) {
			this.#children.set(key, []);
		}
		return this.#children.get(key);
	}

}

function isEmptyFailure({ role, state, content, reasoning, attachments }) {
	const isEmpty = !content && !reasoning && !attachments?.length;
	return role === 'assistant' && ['failed', 'interrupted'].includes(state) && isEmpty;
}
