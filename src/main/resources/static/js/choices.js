import { dress } from './code.js';
import { show } from './dialog.js';
import { factsOf } from './facts.js';

/** The dialogs in which one of several is chosen. */

/**
 * Asks which model is to answer.
 *
 * @param {{id: string, name: string}[]} models
 * @param {string} [current] the one that answered so far
 * @returns {Promise<string>} its id; empty when the reader left
 */
export async function chooseModel(models, current) {
	const dialog = document.getElementById('another');
	const select = document.getElementById('another-model');
	select.replaceChildren(...models.map(({ id, name }) => new Option(name, id)));
	select.value = models.find(({ id }) => id !== current)?.id ?? '';
	return (await show(dialog)) ? select.value : '';
}

/**
 * Shows the versions of an answer side by side.
 *
 * @param {() => Promise<object[]>} load gets the versions, with their HTML
 * @param {string} current the one that is shown on the page
 * @returns {Promise<string>} the id of the one to show now; empty when the reader left
 */
export async function compare(load, current) {
	const dialog = document.getElementById('compare');
	const versions = await load();
	const columns = versions.map((version) => columnOf(version, version.id === current));
	document.getElementById('versions').replaceChildren(...columns);
	return show(dialog);
}

function columnOf(version, isCurrent) {
	const column = document.getElementById('version').content.firstElementChild.cloneNode(true);
	const part = (selector) => column.querySelector(selector);
	part('.model').textContent = version.model ?? version.source;
	part('.prose').innerHTML = version.html;
	dress(part('.prose'));
	part('.facts').textContent = factsOf(version);
	part('button[data-close]').value = version.id;
	part('button[data-close]').disabled = isCurrent;
	return column;
}
