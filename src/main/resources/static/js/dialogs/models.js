import { models as ask } from '../stream/api.js';
import { announce } from '../lib/events.js';

/** What the page says of models, so that their names need not wait for the list. */
const page = globalThis.document?.querySelector('.page')?.dataset ?? {};
const names = new Map([[page.model, page.modelName]]);
let list = null;

/** @returns {Promise<object[]>} the models that may be chosen; a rejected load is repeated by the next call */
export function loadModels() {
	list ??= ask().then(noteNames).catch((problem) => {
		list = null;
		throw problem;
	});
	return list;
}

export function reloadModels() {
	list = null;
	return loadModels();
}

/** @returns {string|undefined} the name of a model, if the page or the list has it */
export function nameOf(id) {
	return names.get(id);
}

/** @returns {object|undefined} the model that answers by default; the first one if the server knew none when it sent the page */
export function defaultOf(models) {
	return page.default ? models.find(({ id }) => id === page.default) : models[0];
}

/** @returns {string|undefined} the name of the model that answers by default, as the server knew it */
export function nameOfDefault() {
	return page.defaultName;
}

function noteNames(models) {
	models.forEach(({ id, name }) => names.set(id, name));
	announce('models');
	return models;
}
