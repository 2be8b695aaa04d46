import { clone, show } from './dialog.js';
import { groupsByMaker, makersOf } from './makers.js';
import { capabilitiesOf, matches } from './model-facts.js';
import { headingOf, presetRowOf, rowOf } from './model-row.js';
import { defaultOf } from './models.js';
import { loadServices } from './services.js';
import { focusBox } from '../composer/box.js';
import { announce } from '../lib/events.js';
import { load, style } from '../lib/lazy.js';
import { prefer, preference } from '../lib/preferences.js';
import { counted, fill, texts } from '../lib/texts.js';

await style('dialogs');

const RECENT = 5;

const countOf = counted('models.found');

/**
 * Lets the reader choose a model.
 *
 * @param {string} current the id of the chosen model; empty for the default
 * @param {string} [ability] what the listed models can do, until the reader clears this filter
 * @param {boolean} [withPresets] whether the reader may choose a preset as well, which the event `preset` then tells
 * @returns {Promise<string|null>} an id, empty for the default; null if no model was chosen
 */
export async function pickModel(current, ability, withPresets) {
	const picker = new Picker(clone('models-dialog'), current);
	picker.askFor(ability);
	picker.load();
	if (withPresets) {
		picker.offerPresets();
	}
	const choice = await picker.choice();
	if (choice) {
		prefer('recent', [choice, ...preference('recent').filter((id) => id !== choice)].slice(0, RECENT));
	}
	return choice;
}

class Picker {

	#dialog;
	#list;
	#search;
	#current;
	#models = [];
	#services = [];
	#presets = [];
	#presetRows;

	constructor(dialog, current) {
		this.#dialog = dialog;
		this.#current = current;
		this.#list = dialog.querySelector('.models');
		this.#presetRows = dialog.querySelector('.presets');
		dialog.querySelector('.default .choose').setAttribute('aria-current', String(!current));
		this.#search = dialog.querySelector('input[type=search]');
		this.#search.addEventListener('input', () => this.#render());
		dialog.querySelectorAll('.filters input').forEach((filter) => filter.addEventListener('change', () => this.#render()));
		dialog.querySelector('.again').addEventListener('click', () => this.load());
		dialog.addEventListener('keydown', (event) => this.#press(event));
		this.#list.addEventListener('click', (event) => this.#star(event.target.closest('.star')));
	}

	askFor(ability) {
		const filter = this.#dialog.querySelector(`.filters [value="${ability}"]`);
		if (filter) {
			filter.checked = true;
		}
	}

	async choice() {
		const chosen = await show(this.#dialog);
		this.#dialog.remove();
		if (chosen.startsWith('@')) {
			focusBox();
			announce('preset', settingsOf(this.#presets.find(({ id }) => id === chosen.slice(1))));
			return null;
		}
		return chosen === '' ? null : chosen.slice(1);
	}

	async offerPresets() {
		this.#presets = await load('composer/preset.js').then(({ presets }) => presets()).catch(() => []);
		this.#showPresets();
	}

	#showPresets() {
		const words = this.#search.value.trim().toLowerCase();
		const found = this.#presets.filter(({ name }) => name.toLowerCase().includes(words));
		this.#presetRows.hidden = found.length === 0;
		this.#presetRows.replaceChildren(headingOf(texts.models.presets), ...found.map(presetRowOf));
	}

	async load() {
		this.#tell(texts.models.loading, false);
		try {
			[this.#models, this.#services] = await loadServices();
			this.#showServices();
			this.#render();
		} catch (problem) {
			this.#tell(`${texts.models.missing} ${problem.message}`, true);
		}
	}

	/** Says which services have no list now, and offers the models in the own network if there are others. */
	#showServices() {
		const namesIn = (state) => this.#services.filter((service) => service.state === state).map(({ name }) => name).join(', ');
		const [away, slow] = [namesIn('unreachable'), namesIn('loading')];
		this.#dialog.querySelector('.away').textContent =
			[away && fill(texts.models.unreachable, away), slow && fill(texts.models.slow, slow)].filter(Boolean).join(' · ');
		const own = this.#models.filter(({ local }) => local).length;
		this.#dialog.querySelector('.of-network').hidden = own === 0 || own === this.#models.length;
	}

	#tell(words, mayTryAgain) {
		this.#dialog.querySelector('.count').textContent = words;
		this.#dialog.querySelector('.again').hidden = !mayTryAgain;
	}

	#render() {
		this.#showDefault();
		this.#showPresets();
		const asked = [...this.#dialog.querySelectorAll('.filters input:checked')].map(({ value }) => value);
		const found = this.#models.filter((model) =>
			matches(model, this.#search.value.trim()) && asked.every((one) => capabilitiesOf(model).includes(one)));
		this.#list.replaceChildren(...this.#groups(found).filter(([, models]) => models.length).flatMap(([name, models]) =>
			[headingOf(name), ...models.map((model) => rowOf(model, model.id === this.#current, this.#hasMany))]));
		this.#tell(found.length ? countOf(found.length) : texts.models.none, this.#isIncomplete);
	}

	/** Calls the default by the name of its model, if that is known. */
	#showDefault() {
		const { name } = defaultOf(this.#models) ?? {};
		const row = this.#dialog.querySelector('.default');
		row.hidden = this.#search.value.trim() !== '';
		if (name) {
			row.querySelector('.name').textContent = fill(texts.models.byDefault, name);
		}
	}

	/** Each model stands in one group only. */
	#groups(found) {
		const [favourites, recent] = [preference('favourites'), preference('recent')];
		const isFavourite = ({ id }) => favourites.includes(id);
		const isRecent = (model) => recent.includes(model.id) && !isFavourite(model);
		return [
			[texts.models.favourites, found.filter(isFavourite)],
			[texts.models.recent, recent.flatMap((id) => found.filter((model) => model.id === id && isRecent(model)))],
			...this.#groupsOfServices(found.filter((model) => !isFavourite(model) && !isRecent(model))),
		];
	}

	/** The groups of each service, if there are several. */
	#groupsOfServices(models) {
		const makers = makersOf(this.#models);
		return this.#hasMany
			? this.#services.flatMap(({ name }) => groupsByMaker(models.filter(({ service }) => service === name), makers, name))
			: groupsByMaker(models, makers);
	}

	get #hasMany() {
		return this.#services.length > 1;
	}

	get #isIncomplete() {
		return this.#services.some(({ state }) => ['unreachable', 'loading'].includes(state));
	}

	#star(button) {
		if (!button) {
			return;
		}
		const { id } = button.dataset;
		const others = preference('favourites').filter((other) => other !== id);
		prefer('favourites', others.length === preference('favourites').length ? [...others, id] : others);
		this.#render();
		this.#list.querySelector(`.star[data-id="${CSS.escape(id)}"]`).focus();
	}

	/**
	 * The arrow keys move through the list, starting at the search field. Enter in that field takes the first model, or the
	 * first preset if no model is found.
	 */
	#press(event) {
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		const choices = [...this.#dialog.querySelectorAll('.choose')].filter((one) => one.checkVisibility());
		if (step && choices.length) {
			event.preventDefault();
			const at = choices.indexOf(document.activeElement) + step;
			(choices[at] ?? this.#search).focus();
		} else if (event.key === 'Enter' && event.target === this.#search && !event.isComposing) {
			event.preventDefault();
			(this.#list.querySelector('.choose') ?? this.#presetRows.querySelector('.choose'))?.click();
		}
	}

}

/** The settings of a preset. One that says nothing of the search of the web leaves that as it is. */
function settingsOf({ settings: { webSearch, ...others } }) {
	return webSearch === null ? others : { ...others, webSearch };
}
