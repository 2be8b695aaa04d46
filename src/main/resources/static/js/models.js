import { models as ask } from './api.js';

let list = null;

/** @returns {Promise<object[]>} the models that may be chosen; fails when the list cannot be had, and asks anew the next time */
export function loadModels() {
	list ??= ask().catch((problem) => {
		list = null;
		throw problem;
	});
	return list;
}

/** Whether a model has all of these words in its name or among what it can do. */
export function matches(model, query) {
	const words = [model.name, model.id, ...capabilitiesOf(model)].join(' ').toLowerCase();
	return query.toLowerCase().split(/\s+/).every((word) => words.includes(word));
}

/** Prices are decimal strings, and null or absent where they are not known. */
export function isFree({ promptPrice, completionPrice }) {
	return [promptPrice, completionPrice].every((price) => Boolean(price) && Number(price) === 0);
}

/** @returns {string[]} of `free`, `reasoning`, `images`, `tools` */
export function capabilitiesOf(model) {
	const { reasoning, inputModalities, tools } = model;
	return [
		isFree(model) && 'free',
		reasoning && 'reasoning',
		inputModalities?.includes('image') && 'images',
		tools && 'tools',
	].filter(Boolean);
}
