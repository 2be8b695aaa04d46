import { clone, show } from './dialog.js';
import { headingOf, rowOf } from './model-row.js';
import { capabilitiesOf, loadModels, matches } from './models.js';
import { style } from '../lib/lazy.js';
import { prefer, preference } from '../lib/preferences.js';
import { counted, fill, texts } from '../lib/texts.js';

await style('dialogs');

const RECENT = 5;

const countOf = counted('models.found');

/**
 * Lets the reader choose a model.
 *
 * @param {string} current the id of the chosen model; empty for the default
 * @returns {Promise<string|null>} an id, empty for the default; null if nothing was chosen
 */
export async function pickModel(current) {
	const picker = new Picker(clone('models-dialog'), current);
	picker.load();
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

	constructor(dialog, current) {
		this.#dialog = dialog;
		this.#current = current;
		this.#list = dialog.querySelector('.models');
		dialog.querySelector('.default .choose').setAttribute('aria-current', String(!current));
		this.#search = dialog.querySelector('input[type=search]');
		this.#search.addEventListener('input', () => this.#render());
		dialog.querySelectorAll('.filters input').forEach((filter) => filter.addEventListener('change', () => this.#render()));
		dialog.querySelector('.again').addEventListener('click', () => this.load());
		dialog.addEventListener('keydown', (event) => this.#press(event));
		this.#list.addEventListener('click', (event) => this.#star(event.target.closest('.star')));
	}

	async choice() {
		const chosen = await show(this.#dialog);
		this.#dialog.remove();
		return chosen === '' ? null : chosen.slice(1);
	}

	async load() {
		this.#tell(texts.models.loading, false);
		try {
			this.#models = await loadModels();
			this.#render();
		} catch (problem) {
			this.#tell(`${texts.models.missing} ${problem.message}`, true);
		}
	}

	#tell(words, mayTryAgain) {
		this.#dialog.querySelector('.count').textContent = words;
		this.#dialog.querySelector('.again').hidden = !mayTryAgain;
	}

	#render() {
		this.#showDefault();
		const asked = [...this.#dialog.querySelectorAll('.filters input:checked')].map(({ value }) => value);
		const found = this.#models.filter((model) =>
			matches(model, this.#search.value.trim()) && asked.every((one) => capabilitiesOf(model).includes(one)));
		this.#list.replaceChildren(...this.#groups(found).filter(([, models]) => models.length).flatMap(([name, models]) =>
			[headingOf(name), ...models.map((model) => rowOf(model, model.id === this.#current))]));
		this.#tell(found.length ? countOf(found.length) : texts.models.none, false);
	}

	/** Calls the default by the name of its model, if that is known. */
	#showDefault() {
		const { name } = this.#models.find(({ id }) => id === document.querySelector('.page').dataset.default) ?? {};
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
			[texts.models.all, found.filter((model) => !isFavourite(model) && !isRecent(model))],
		];
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

	/** The arrow keys move through the list, starting at the search field. Enter in that field takes the first model. */
	#press(event) {
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		const choices = [...this.#dialog.querySelectorAll('.choose')].filter((one) => one.checkVisibility());
		if (step && choices.length) {
			event.preventDefault();
			const at = choices.indexOf(document.activeElement) + step;
			(choices[at] ?? this.#search).focus();
		} else if (event.key === 'Enter' && event.target === this.#search && !event.isComposing) {
			event.preventDefault();
			this.#list.querySelector('.choose')?.click();
		}
	}

}
