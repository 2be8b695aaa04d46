import * as api from './api.js';

/**
 * How the questions of one conversation are asked, as `PATCH /api/conversations/{id}` takes it. Those of a new
 * conversation go along with its first question, and are stored as soon as it is.
 */
export class KeptSettings {

	#values;
	#unsaved;

	/** @param {object} values what is known of them before the server has told all */
	constructor(values, isNew) {
		this.#values = values;
		this.#unsaved = isNew && Object.keys(known(values)).length > 0;
	}

	get values() {
		return this.#values;
	}

	/** What a question has to say itself: the model, for it to be the one that the page shows, and what is not stored yet. */
	get ofQuestion() {
		return known(this.#unsaved ? this.#values : { model: this.#values.model });
	}

	/** What the server has; what it has not stored yet is not given up for that. */
	learn(values) {
		if (!this.#unsaved) {
			this.#values = values;
		}
	}

	/** What the server refuses for what it is does not stay. @param {string} [id] none while the conversation has not begun */
	async change(id, values) {
		const [before, unsaved] = [this.#values, this.#unsaved];
		this.#values = values;
		this.#unsaved = true;
		try {
			await this.save(id);
		} catch (problem) {
			if (problem.status === 400) {
				[this.#values, this.#unsaved] = [before, unsaved];
			}
			throw problem;
		}
	}

	async save(id) {
		if (id && this.#unsaved) {
			const saved = this.#values;
			await api.change(id, { settings: saved });
			this.#unsaved = saved !== this.#values;
		}
	}

	/** They belong to another conversation now, which has not begun. */
	moveToNew() {
		this.#unsaved = true;
	}

}

/** Without what is absent. */
export function known(values) {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value != null));
}
