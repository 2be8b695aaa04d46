import { language, texts } from '../lib/texts.js';

/** A service with the models of many makers writes the maker before the name of a model, as in `Acme: Large`. */
const MAKER = /^([^:]{1,40}): /;

/**
 * Groups models by their makers, as far as these are known, in the order of their names. The others follow. Where no name
 * has its maker, several models in one folder have the same, as `acme/large` and `acme/small`.
 *
 * @param {object[]} models
 * @param {Map<string, string>} makers those of all models that there are, so that a search changes no group
 * @param {string} [service] the name of the service of all these models, if there are several services
 * @returns {[string, object[]][]} the name and the models of each group; a group may be empty
 */
export function groupsByMaker(models, makers, service) {
	const names = [...new Set(makers.values())].sort((one, other) => one.localeCompare(other, language));
	const groups = names.map((name) => [
		service ? `${service} · ${name}` : name,
		models.filter((model) => makers.get(folderOf(model)) === name),
	]);
	const rest = service ?? (names.length > 0 ? texts.models.others : texts.models.all);
	return [...groups, [rest, models.filter((model) => !makers.has(folderOf(model)))]];
}

/** The names of the makers, by what comes before the last slash of the ids of their models. Not every name has its maker. */
export function makersOf(models) {
	const makers = new Map();
	for (const folder of new Set(models.map(folderOf).filter(Boolean))) {
		const members = models.filter((model) => folderOf(model) === folder);
		const named = members.map(({ name }) => MAKER.exec(name)?.[1]).find(Boolean);
		if (named || members.length > 1) {
			makers.set(folder, named ?? folder.split('/').at(-1));
		}
	}
	return makers;
}

function folderOf({ id }) {
	return id.slice(0, Math.max(0, id.lastIndexOf('/')));
}
