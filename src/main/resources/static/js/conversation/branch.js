import * as api from '../stream/api.js';
import { MessageTree } from './tree.js';

/** The stored messages of a conversation, and the turns that show one branch of them. */
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

	/** Adds a question and its answer, or updates them if they are known. */
	put(...turns) {
		turns.forEach(({ record }) => this.#tree.put(record));
		this.showVersions();
	}

	/**
	 * Shows the branch that ends with this message. First reads the HTML of its answers, if the page lacks some of it.
	 *
	 * @param {string} id the conversation
	 * @param {() => boolean} mayShow called when all messages are there; false leaves the page as it is
	 * @returns {Promise<boolean>} whether the branch is shown
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

	/** @returns {Promise<object[]>} all versions of the turn that this message belongs to, with their HTML */
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
