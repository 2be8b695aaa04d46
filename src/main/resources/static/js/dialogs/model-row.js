import { clone } from './dialog.js';
import { aboutOf } from './model-text.js';
import { preference } from '../lib/preferences.js';
import { fill, texts } from '../lib/texts.js';

/** The row of a model in the list. */
export function rowOf(model, isCurrent) {
	const row = clone('model-row');
	const choice = row.querySelector('.choose');
	choice.value = `=${model.id}`;
	choice.setAttribute('aria-current', String(isCurrent));
	choice.querySelector('.name').textContent = model.name;
	choice.querySelector('.about').textContent = aboutOf(model);
	const star = row.querySelector('.star');
	star.dataset.id = model.id;
	star.setAttribute('aria-label', fill(texts.models.favourite, model.name));
	star.setAttribute('aria-pressed', String(preference('favourites').includes(model.id)));
	return row;
}

/** The heading of a group of rows. */
export function headingOf(name) {
	const heading = document.createElement('h3');
	heading.textContent = name;
	return heading;
}
