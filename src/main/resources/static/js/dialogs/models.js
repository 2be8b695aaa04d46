import { models as ask } from '../stream/api.js';
import { announce } from '../lib/events.js';

const names = new Map();
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

/** @returns {string|undefined} the name of a model, as soon as the list is there and if it has the model */
export function nameOf(id) {
	return names.get(id);
}

/** @returns {object|undefined} the model that answers by default; the first one if the server knew none when it sent the page */
export function defaultOf(models) {
	const { default: known } = document.querySelector('.page').dataset;
	return known ? models.find(({ id }) => id === known) : models[0];
}

function noteNames(models) {
	models.forEach(({ id, name }) => names.set(id, name));
	announce('models');
	return models;
}
