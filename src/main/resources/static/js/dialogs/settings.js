import { show } from './dialog.js';
import { loadModels, nameOf, nameOfDefault } from './models.js';
import { addPreset, presets, removePreset } from './presets.js';
import { check, checkAgain, read, write } from './settings-form.js';
import { announce, say } from '../lib/events.js';
import { style, withModule } from '../lib/lazy.js';
import { prefer, preference } from '../lib/preferences.js';
import { fill, texts } from '../lib/texts.js';

await style('dialogs');

let dialog;

/** The settings dialog of a conversation. The reader can store settings as a preset with a name. */
class SettingsDialog {

	#conversation;
	#dialog = document.getElementById('settings');
	#form = document.getElementById('settings-form');
	#chooser = document.getElementById('preset');
	#nameField = document.getElementById('preset-name');
	#presets = [];
	#default = document.getElementById('preset-default');
	#modelButton = document.getElementById('settings-model');
	#isChanged = false;

	constructor(conversation) {
		this.#conversation = conversation;
		this.#listen(document.getElementById('keep-preset'), 'click', () => this.#keepPreset());
		this.#listen(document.getElementById('delete-preset'), 'click', () => this.#deletePreset());
		this.#listen(this.#form, 'submit', () => this.#save());
		this.#modelButton?.addEventListener('click', () => this.#pickModel());
		this.#chooser.addEventListener('change', () => this.#apply());
		this.#form.addEventListener('input', (event) => {
			this.#isChanged = true;
			checkAgain(event);
		});
		this.#default.addEventListener('change', ({ target }) => this.#setDefault(target.checked));
	}

	/** Shows an action's error in the dialog. It stays open, so that nothing typed is lost. */
	#listen(element, type, act) {
		element.addEventListener(type, oneAtATime(() => act().catch(({ message }) => tell(message))));
	}

	/**
	 * Shows the settings, or what was typed before the dialog was dismissed without a button.
	 *
	 * @returns {Promise<void>} resolves when the dialog is closed
	 */
	async open() {
		if (!this.#isChanged) {
			this.#write(this.#conversation.settings);
		}
		tell('');
		this.#showPresets();
		const closed = show(this.#dialog);
		loadModels().then(() => this.#showModel()).catch(() => {});
		this.#presets = await presets().catch(() => []);
		this.#showPresets();
		if ((await closed) === 'cancel') {
			this.#isChanged = false;
		}
	}

	#showPresets(chosen = '') {
		const [none] = this.#chooser.options;
		this.#chooser.replaceChildren(none, ...this.#presets.map(({ id, name }) => new Option(name, id)));
		this.#choose(chosen);
	}

	#choose(id) {
		this.#chooser.value = id;
		document.getElementById('delete-preset').hidden = !id;
		this.#default.hidden = !id;
		this.#default.querySelector('input').checked = Boolean(id) && preference('preset')?.id === id;
	}

	#write(settings) {
		write(this.#form, settings);
		this.#showModel();
	}

	/** Lets the reader choose a model, which is saved with the other settings. */
	async #pickModel() {
		const { model } = this.#form.elements;
		const chosen = await withModule('dialogs/model-picker.js', ({ pickModel }) => pickModel(model.value));
		if (chosen !== null) {
			model.value = chosen;
			this.#isChanged = true;
			this.#showModel();
		}
	}

	/** Shows the name of the chosen model. Without a model there is nothing to choose, and no button. */
	#showModel() {
		if (this.#modelButton) {
			this.#modelButton.querySelector('bdi').textContent = modelName(this.#form.elements.model.value);
		}
	}

	/** Makes the chosen preset that of new chats, or takes that back. */
	#setDefault(isDefault) {
		prefer('preset', isDefault ? this.#presets.find(({ id }) => id === this.#chooser.value) : null);
	}

	#apply() {
		const preset = this.#presets.find(({ id }) => id === this.#chooser.value);
		this.#choose(this.#chooser.value);
		this.#write({ model: this.#form.elements.model.value, ...preset?.settings });
	}

	/** Stores the settings in the form as a preset. */
	async #keepPreset() {
		if (!this.#nameField.value.trim()) {
			this.#nameField.focus();
			tell(texts.presetUnnamed);
		} else if (check(this.#form)) {
			await this.#addPreset();
			say(texts.presetKept);
		}
	}

	async #addPreset() {
		const preset = await addPreset({ name: this.#nameField.value.trim(), settings: read(this.#form) });
		this.#presets.push(preset);
		announce('presets');
		this.#nameField.value = '';
		tell('');
		this.#showPresets(preset.id);
	}

	async #deletePreset() {
		await removePreset(this.#chooser.value);
		if (preference('preset')?.id === this.#chooser.value) {
			this.#setDefault(false);
		}
		this.#presets = this.#presets.filter(({ id }) => id !== this.#chooser.value);
		announce('presets');
		this.#showPresets();
	}

	/** Saves the settings. If a preset name was typed, stores the preset too, so that the name is not lost. */
	async #save() {
		if (!check(this.#form)) {
			return;
		}
		if (this.#nameField.value.trim()) {
			await this.#addPreset();
		}
		await this.#conversation.keepSettings(read(this.#form));
		this.#isChanged = false;
		this.#dialog.close();
		say(texts.settingsSaved);
	}

}

/** @param {{settings: object, keepSettings: (settings: object) => Promise<void>}} conversation the page's conversation */
export function openSettings(conversation) {
	dialog ??= new SettingsDialog(conversation);
	return dialog.open();
}

/** The name of a model, or of the one that answers if none is chosen. */
function modelName(id) {
	const byDefault = nameOfDefault();
	return id ? (nameOf(id) ?? id) : (byDefault ? fill(texts.models.byDefault, byDefault) : texts.default);
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
