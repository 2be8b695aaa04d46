const NUMBERS = ['temperature', 'topP', 'maxTokens'];
const TEXTS = ['system', 'reasoningEffort', 'model'];

/** Shows settings in the form. */
export function write(form, settings) {
	[...NUMBERS, ...TEXTS].forEach((name) => (form.elements[name].value = settings[name] ?? ''));
}

/** @returns {object} the settings in the form */
export function read(form) {
	const value = (name) => form.elements[name].value.trim() || null;
	const numbers = NUMBERS.map((name) => [name, value(name) === null ? null : Number(value(name))]);
	return Object.fromEntries([...numbers, ...TEXTS.map((name) => [name, value(name)])]);
}
