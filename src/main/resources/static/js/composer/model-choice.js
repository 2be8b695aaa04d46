import { loadModels } from '../dialogs/models.js';
import { focusBox } from './composer.js';
import { say } from '../lib/events.js';
import { withModule } from '../lib/lazy.js';
import { prefer } from '../lib/preferences.js';
import { texts } from '../lib/texts.js';

/**
 * The Alpine component of the model and its reasoning effort. A chosen model is that of this conversation, and the first
 * one of the next new conversation.
 */
export class ModelChoice {

	/** @param {Chat} chat */
	constructor(chat) {
		this.chat = chat;
	}

	/** Loads the models after the page is set up, because nobody waits for them. */
	init() {
		setTimeout(() => this.load());
	}

	get text() {
		return chosenModel(this.$store)?.name ?? (this.$store.answer.model || texts.default);
	}

	/** Whether the chosen model is known to reason, so that the reader may set the effort. */
	get reasons() {
		return Boolean(chosenModel(this.$store)?.reasoning);
	}

	setEffort(event) {
		return keep(this.chat.conversation, { reasoningEffort: event.target.value || null });
	}

	/** Loads the names and prices of models. Without them the page shows a model's id. */
	async load() {
		this.$store.page.models = await loadModels().catch(() => []);
	}

	async pick() {
		const model = await withModule('dialogs/model-picker.js', ({ pickModel }) => pickModel(this.$store.answer.model));
		this.load();
		if (model !== null) {
			focusBox();
			prefer('model', model);
			await keep(this.chat.conversation, { model: model || null });
		}
	}

}

/** @returns {object|undefined} the model that answers, if it is known */
export function chosenModel({ page, answer }) {
	const chosen = answer.model || page.defaultModel;
	return page.models.find(({ id }) => id === chosen);
}

async function keep(conversation, settings) {
	try {
		await conversation.keepSettings(settings);
	} catch (problem) {
		say(problem.message);
	}
}
