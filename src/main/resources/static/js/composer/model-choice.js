import { loadModels } from '../dialogs/models.js';
import { focusBox } from './composer.js';
import { say } from '../lib/events.js';
import { withModule } from '../lib/lazy.js';
import { prefer } from '../lib/preferences.js';
import { texts } from '../lib/texts.js';

/** The Alpine component of the button that names the model. */
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

	/** Loads the names and prices of models. Without them the page shows a model's id. */
	async load() {
		this.$store.page.models = await loadModels().catch(() => []);
	}

	async pick() {
		const model = await withModule('dialogs/model-picker.js', ({ pickModel }) => pickModel(this.$store.answer.model));
		this.load();
		if (model !== null) {
			focusBox();
			await choose(this.chat.conversation, model);
		}
	}

}

/** @returns {object|undefined} the model of the conversation, if it is known */
export function chosenModel({ page, answer }) {
	return page.models.find(({ id }) => id === answer.model);
}

/** Sets the model of this conversation, and the first model of the next new one. */
async function choose(conversation, model) {
	prefer('model', model);
	try {
		await conversation.keepSettings({ model: model || null });
	} catch (problem) {
		say(problem.message);
	}
}
