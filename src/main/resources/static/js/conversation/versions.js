import { show } from '../dialogs/dialog.js';
import { nameOf } from '../dialogs/models.js';
import { endingOf, factsOf } from '../answer/facts.js';
import { Painter } from '../answer/paint.js';
import { style } from '../lib/lazy.js';
import { fill, texts } from '../lib/texts.js';

await style('dialogs');

/**
 * Shows the versions of an answer side by side.
 *
 * @param {() => Promise<object[]>} load loads the versions, with their HTML
 * @param {string} current the id of the version on the page
 * @returns {Promise<string>} the id of the version to show; empty if the dialog was dismissed
 */
export async function compare(load, current) {
	const dialog = document.getElementById('compare');
	const versions = await load();
	const columns = versions.map((version, at) => columnOf(version, at, versions.length, version.id === current));
	document.getElementById('versions').replaceChildren(...columns);
	columns.forEach((column, at) => new Painter(column.querySelector('.prose')).reset([versions[at].html]));
	return show(dialog);
}

function columnOf(version, at, count, isCurrent) {
	const column = document.getElementById('version').content.firstElementChild.cloneNode(true);
	const part = (selector) => column.querySelector(selector);
	part('.version').textContent = fill(texts.version, at + 1, count);
	part('.model').textContent = nameOf(version.model) ?? version.model ?? version.source;
	part('.ending').textContent = endingOf(version) ?? '';
	part('.facts').textContent = factsOf(version);
	part('button[data-close]').value = version.id;
	part('button[data-close]').hidden = isCurrent;
	part('.current').hidden = !isCurrent;
	return column;
}
