import * as api from '../stream/api.js';
import { show } from './dialog.js';
import { loadModels } from './models.js';
import { texts } from '../lib/texts.js';

const NUMBERS = ['temperature', 'topP', 'maxTokens'];
const TEXTS = ['system', 'reasoningEffort', 'model'];

/**
 * Connects the settings dialog of a conversation. The reader can store settings as a preset with a name.
 *
 * @param {{settings: object, keepSettings: (settings: object) => Promise<void>}} conversation
 * @param {(notice: string) => void} say shows a short notice to the reader
 */
export function prepareSettings(conversation, say) {
	const form = document.getElementById('settings-form');
	const chooser = document.getElementById('preset');
	const nameField = document.getElementById('preset-name');
	let presets = [];

	async function open() {
		write(form, conversation.settings);
		tell('');
		showPresets();
		const closed = show(document.getElementById('settings'));
		presets = await api.presets().catch(() => []);
		showPresets();
		offerModels();
		return closed;
	}

	async function offerModels() {
		const models = await loadModels().catch(() => []);
		document.getElementById('known-models').replaceChildren(...models.map(({ id, name }) => new Option(name, id)));
	}

	function showPresets(chosen = '') {
		const [none] = chooser.options;
		chooser.replaceChildren(none, ...presets.map(({ id, name }) => new Option(name, id)));
		choose(chosen);
	}

	function choose(id) {
		chooser.value = id;
		document.getElementById('delete-preset').hidden = !id;
	}

	function apply() {
		const preset = presets.find(({ id }) => id === chooser.value);
		choose(chooser.value);
		write(form, { model: form.elements.model.value, ...preset?.settings });
	}

	/** Stores the settings in the form as a preset. The browser reports a value that is not allowed at its field. */
	async function keepPreset() {
		if (!nameField.value.trim()) {
			nameField.focus();
			tell(texts.presetUnnamed);
		} else if (form.reportValidity()) {
			await addPreset();
			say(texts.presetKept);
		}
	}

	async function addPreset() {
		const preset = await api.addPreset({ name: nameField.value.trim(), settings: read(form) });
		presets.push(preset);
		nameField.value = '';
		tell('');
		showPresets(preset.id);
	}

	async function deletePreset() {
		await api.removePreset(chooser.value);
		presets = presets.filter(({ id }) => id !== chooser.value);
		showPresets();
	}

	/** Saves the settings. If a preset name was typed, stores the preset too, so that the name is not lost. */
	async function save() {
		if (nameField.value.trim()) {
			await addPreset();
		}
		await conversation.keepSettings(read(form));
		document.getElementById('settings').close();
		say(texts.settingsSaved);
	}

	/** Shows errors in the dialog. It stays open, so that nothing typed is lost. */
	const telling = (act) => oneAtATime((event) => act(event).catch(({ message }) => tell(message)));
	document.getElementById('open-settings').addEventListener('click', telling(open));
	document.getElementById('keep-preset').addEventListener('click', telling(keepPreset));
	document.getElementById('delete-preset').addEventListener('click', telling(deletePreset));
	form.addEventListener('submit', telling(save));
	chooser.addEventListener('change', apply);
}

/** Ignores further events while the action runs. */
function oneAtATime(act) {
	let acting = false;
	return async (event) => {
		event.preventDefault();
		if (!acting) {
			acting = true;
			await act(event).finally(() => (acting = false));
		}
	};
}

function tell(problem) {
	const line = document.getElementById('settings-problem');
	line.textContent = problem;
	line.hidden = !problem;
}

function write(form, settings) {
	[...NUMBERS, ...TEXTS].forEach((name) => (form.elements[name].value = settings[name] ?? ''));
}

/** @returns {object} the settings in the form */
function read(form) {
	const value = (name) => form.elements[name].value.trim() || null;
	const numbers = NUMBERS.map((name) => [name, value(name) === null ? null : Number(value(name))]);
	return Object.fromEntries([...numbers, ...TEXTS.map((name) => [name, value(name)])]);
}
