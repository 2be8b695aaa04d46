import { texts } from '../lib/texts.js';

const NUMBERS = ['temperature', 'topP', 'maxTokens'];
const TEXTS = ['system', 'reasoningEffort', 'model'];

/** Shows settings in the form. */
export function write(form, settings) {
	[...NUMBERS, ...TEXTS].forEach((name) => (form.elements[name].value = settings[name] ?? ''));
	NUMBERS.forEach((name) => mark(form.elements[name], false));
}

/** Says at each number that is not allowed what is, and moves the focus to the first. @returns {boolean} whether all are */
export function check(form) {
	const fields = NUMBERS.map((name) => form.elements[name]);
	fields.forEach((field) => mark(field, !field.validity.valid));
	const wrong = fields.find(({ validity }) => !validity.valid);
	wrong?.focus();
	return !wrong;
}

/** Takes the mark from a field as soon as its value is allowed. */
export function checkAgain({ target }) {
	if (target.getAttribute('aria-invalid') === 'true') {
		mark(target, !target.validity.valid);
	}
}

function mark(field, isWrong) {
	field.setAttribute('aria-invalid', String(isWrong));
	document.getElementById(`${field.id}-problem`).textContent = isWrong ? texts.wrong[field.name] : '';
}

/** @returns {object} the settings in the form */
export function read(form) {
	const value = (name) => form.elements[name].value.trim() || null;
	const numbers = NUMBERS.map((name) => [name, value(name) === null ? null : Number(value(name))]);
	return Object.fromEntries([...numbers, ...TEXTS.map((name) => [name, value(name)])]);
}
