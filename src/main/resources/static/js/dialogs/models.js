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

/** Whether the name, id, service or capabilities of a model contain all words of the query. */
export function matches(model, query) {
	const words = [model.name, model.id, model.service, ...capabilitiesOf(model)].join(' ').toLowerCase();
	return query.toLowerCase().split(/\s+/).every((word) => words.includes(word));
}

/** Whether both prices are known and 0. Prices are decimal strings, and null or absent if they are not known. */
export function isFree({ promptPrice, completionPrice }) {
	return [promptPrice, completionPrice].every((price) => Boolean(price) && Number(price) === 0);
}

/** @returns {string[]} some of `free`, `reasoning`, `images`, `tools`, `local` */
export function capabilitiesOf(model) {
	const { reasoning, inputModalities, tools, local } = model;
	return [
		isFree(model) && 'free',
		reasoning && 'reasoning',
		inputModalities?.includes('image') && 'images',
		tools && 'tools',
		local && 'local',
	].filter(Boolean);
}
