import { focusBox } from './box.js';
import { defaultOf, loadModels, nameOf, nameOfDefault } from '../dialogs/models.js';
import { on, say } from '../lib/events.js';
import { load, withModule } from '../lib/lazy.js';
import { prefer } from '../lib/preferences.js';
import { fill, joined, texts } from '../lib/texts.js';

const PRESET = 'composer/preset.js';

/**
 * The Alpine component of the model, its reasoning effort, its search of the web and the preset. A chosen model is that of this
 * conversation, and the first one of the next new conversation.
 */
export class ModelChoice {

	preset = '';

	/** @param {Chat} chat */
	constructor(chat) {
		this.chat = chat;
	}

	/** Loads the models after the page is set up, because nobody waits for them. */
	init() {
		setTimeout(() => this.load());
		on('pick', (ability) => this.pick(ability));
		on('preset', (settings) => keep(this.chat.conversation, settings));
		on('presets', () => this.namePreset());
		this.$watch('$store.answer.tuned', () => this.namePreset());
		this.namePreset();
	}

	/** Names the preset that gives the settings of this conversation. */
	async namePreset() {
		const { chat, $store } = this;
		const { tuned } = $store.answer;
		const preset = tuned && (await load(PRESET).then(({ presetOf }) => presetOf(chat.conversation.settings)).catch(() => ''));
		if (tuned === $store.answer.tuned) {
			this.preset = preset;
		}
	}

	/** Takes the preset, or the system prompt, from this conversation. */
	async dropPreset() {
		focusBox();
		await withModule(PRESET, ({ NONE }) => keep(this.chat.conversation, NONE));
	}

	get text() {
		const { model } = this.$store.answer;
		return chosenModel(this.$store)?.name ?? (model ? (nameOf(model) ?? model) : (nameOfDefault() ?? texts.default));
	}

	/** Whether the question stays in the own network, if not every model does that. */
	get staysHere() {
		return Boolean(chosenModel(this.$store)?.local) && this.$store.page.models.some(({ local }) => !local);
	}

	/** Whether the chosen model is known to reason, so that the reader may set the effort. */
	get reasons() {
		return Boolean(chosenModel(this.$store)?.reasoning);
	}

	setEffort(event) {
		return keep(this.chat.conversation, { reasoningEffort: event.target.value || null });
	}

	/** Whether the chosen model is known to search the web, so that the reader may let it. */
	get searches() {
		return Boolean(chosenModel(this.$store)?.webSearchPrice);
	}

	get searchPrice() {
		const price = chosenModel(this.$store)?.webSearchPrice;
		return price ? fill(texts.searchPrice, texts.cost(Number(price))) : '';
	}

	/** Tells the price while searches may cost it. */
	get searchText() {
		return this.$store.answer.webSearch ? joined([texts.webSearch, this.searchPrice]) : texts.webSearch;
	}

	/** Off is a choice too: it takes back what the conversation had before. */
	toggleSearch() {
		return keep(this.chat.conversation, { webSearch: !this.$store.answer.webSearch });
	}

	/** Loads the names and prices of models. Without them the page shows a model's id. */
	async load() {
		this.$store.page.models = await loadModels().catch(() => []);
	}

	/** @param {string} [ability] what the listed models can do, until the reader asks for others */
	async pick(ability) {
		const model = await withModule('dialogs/model-picker.js', ({ pickModel }) => pickModel(this.$store.answer.model, ability, true));
		this.load();
		if (model !== null) {
			await useModel(this.chat.conversation, model);
		}
	}

}

/** @returns {object|undefined} the model that answers, if it is known */
export function chosenModel({ page, answer }) {
	return answer.model ? page.models.find(({ id }) => id === answer.model) : defaultOf(page.models);
}

/** Makes a model that of a conversation, and of the next new one. @param {string} model an id, empty for the default */
export function useModel(conversation, model) {
	focusBox();
	prefer('model', model);
	return keep(conversation, { model: model || null });
}

async function keep(conversation, settings) {
	try {
		await conversation.keepSettings(settings);
	} catch (problem) {
		say(problem.message);
	}
}
