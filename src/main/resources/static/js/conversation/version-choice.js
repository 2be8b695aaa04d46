import * as api from '../stream/api.js';

/** The versions of the turns in a conversation, and the choice of the one to show. */
export class VersionChoice {

	#conversation;
	#branch;
	#showBranch;

	/**
	 * @param {Conversation} conversation
	 * @param {Branch} branch its stored messages
	 * @param {(leaf: string) => Promise<void>} showBranch shows the branch that ends with this message
	 */
	constructor(conversation, branch, showBranch) {
		this.#conversation = conversation;
		this.#branch = branch;
		this.#showBranch = showBranch;
	}

	/** Shows another version of a turn and stores it as the one to continue from. */
	async choose(id) {
		const conversation = this.#conversation;
		if (conversation.answer.running.isComing) {
			return;
		}
		const leaf = this.#branch.leafBelow(id);
		conversation.answer.ending = 'idle';
		await this.#showBranch(leaf);
		if (conversation.storedId) {
			await api.change(conversation.storedId, { currentMessageId: leaf });
		}
		conversation.share();
	}

	/**
	 * Shows the branch that contains this message, if it is not shown already.
	 *
	 * @returns {Promise<HTMLElement|null>} the message's element; null if there is no such message
	 */
	async reveal(id) {
		const conversation = this.#conversation;
		if (!conversation.elementOf(id)) {
			await conversation.read;
		}
		if (!conversation.elementOf(id) && this.#branch.messages.some((message) => message.id === id)) {
			await this.choose(id);
		}
		return conversation.elementOf(id);
	}

	/** @returns {Promise<object[]>} all versions of the turn that this message belongs to, with their HTML */
	of(id) {
		return this.#branch.versionsOf(this.#conversation.id, id);
	}

	/** @returns {string|undefined} the id of the version `step` places behind this one */
	beside(id, step) {
		return this.#branch.versionBeside(id, step);
	}

}
