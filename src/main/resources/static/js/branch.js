import * as api from './api.js';
import { MessageTree } from './tree.js';

/** The messages of a conversation as the server has them, and the turns that show one branch of them. */
export class Branch {

	#turns;
	#tree = new MessageTree();

	/** @param {Turns} turns */
	constructor(turns) {
		this.#turns = turns;
	}

	get messages() {
		return this.#tree.all;
	}

	learn(messages) {
		this.#tree.replace(messages);
	}

	/** Adds a question and its answer, or what is new of them. */
	put(...turns) {
		turns.forEach(({ record }) => this.#tree.put(record));
		this.showVersions();
	}

	/**
	 * Shows the branch that ends in this message. Of answers that are new to the page their HTML is asked for.
	 *
	 * @param {string} id the conversation
	 * @param {() => boolean} mayShow asked once all is there
	 * @returns {Promise<boolean>} whether it is shown
	 */
	async show(id, leaf, mayShow) {
		if (!this.#turns.canShow(this.#tree.branchTo(leaf))) {
			await this.#learnHtml(id);
		}
		if (!mayShow()) {
			return false;
		}
		this.#turns.show(this.#tree.branchTo(leaf));
		this.showVersions();
		return true;
	}

	/** @returns {Promise<object[]>} the versions of the turn that this message is one of, with the HTML of each */
	async versionsOf(id, messageId) {
		await this.#learnHtml(id);
		return this.#tree.versionsOf(messageId);
	}

	versionBeside(messageId, step) {
		const versions = this.#tree.versionsOf(messageId);
		return versions[versions.findIndex((version) => version.id === messageId) + step]?.id;
	}

	leafBelow(messageId) {
		return this.#tree.leafBelow(messageId);
	}

	showVersions() {
		this.#turns.showVersions((id) => {
			const versions = this.#tree.versionsOf(id);
			return { at: versions.findIndex((version) => version.id === id), count: versions.length };
		});
	}

	async #learnHtml(id) {
		this.learn((await api.conversation(id, { html: true })).messages);
	}

}
