import * as api from '../stream/api.js';

/**
 * The settings of one conversation, in the form that `PATCH /api/conversations/{id}` takes. The settings of a new
 * conversation are sent with its first question, and stored as soon as the conversation exists.
 */
export class KeptSettings {

	#values;
	#unsaved;

	/** @param {object} values the settings known before the server has sent them */
	constructor(values, isNew) {
		this.#values = values;
		this.#unsaved = isNew && Object.keys(withoutNulls(values)).length > 0;
	}

	get values() {
		return this.#values;
	}

	/**
	 * The settings that a question must carry: the model, so that it matches the page, and all settings if some are not
	 * stored yet.
	 */
	get ofQuestion() {
		return withoutNulls(this.#unsaved ? this.#values : { model: this.#values.model });
	}

	/** Takes the server's settings, unless there are unsaved ones here. */
	learn(values) {
		if (!this.#unsaved) {
			this.#values = values;
		}
	}

	/**
	 * Changes the settings and saves them. Settings that the server refuses (400) are undone. @param {string} [id] absent
	 * before the conversation exists
	 */
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

	/** Marks the settings as unsaved, because they now belong to a new conversation. */
	markUnsaved() {
		this.#unsaved = true;
	}

}

/** The values without null and undefined. */
export function withoutNulls(values) {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value != null));
}
