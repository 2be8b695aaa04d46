import { clone } from './dialog.js';
import { aboutOf } from './model-text.js';
import { nameOf } from './models.js';
import { preference } from '../lib/preferences.js';
import { fill, joined, texts } from '../lib/texts.js';

const ABOUT_CHARS = 100;

/**
 * The row of a model in the list.
 *
 * @param {object} model
 * @param {boolean} isCurrent whether it is the chosen one
 * @param {boolean} isOneOfMany whether there are several services, so that the row names the one of the model
 */
export function rowOf(model, isCurrent, isOneOfMany) {
	const row = clone('model-row');
	const choice = row.querySelector('.choose');
	choice.value = `=${model.id}`;
	choice.setAttribute('aria-current', String(isCurrent));
	choice.querySelector('.name').textContent = model.name;
	choice.querySelector('.local').hidden = !model.local;
	choice.querySelector('.about').textContent = joined([isOneOfMany && model.service, aboutOf(model)]);
	const star = row.querySelector('.star');
	star.dataset.id = model.id;
	star.setAttribute('aria-label', fill(texts.models.favourite, model.name));
	star.setAttribute('aria-pressed', String(preference('favourites').includes(model.id)));
	return row;
}

/** The row of a preset, with its model and the beginning of its system prompt. */
export function presetRowOf({ id, name, settings: { model, system } }) {
	const row = clone('model-row');
	const choice = row.querySelector('.choose');
	choice.value = `@${id}`;
	choice.querySelector('.name').textContent = name;
	choice.querySelector('.about').textContent = joined([model && (nameOf(model) ?? model), system?.slice(0, ABOUT_CHARS)]);
	row.querySelector('.star').remove();
	return row;
}

/** The heading of a group of rows. */
export function headingOf(name) {
	const heading = document.createElement('h3');
	heading.textContent = name;
	return heading;
}
