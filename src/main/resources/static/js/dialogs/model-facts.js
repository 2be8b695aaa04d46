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
