import { openShortcuts, showList } from '../composer/commands.js';
import { clone, show } from './dialog.js';
import { say } from '../lib/events.js';
import { style, withModule } from '../lib/lazy.js';
import { prefer, preference } from '../lib/preferences.js';
import { language, texts } from '../lib/texts.js';

await style('dialogs');

const A_YEAR = 365 * 24 * 60 * 60;

/** The actions of the buttons that close the dialog. */
const NEXT = {
	keys: openShortcuts,
	import: chooseFiles,
	delete: () => withModule('sidebar/delete-all.js', ({ deleteAll }) => deleteAll()),
};

/**
 * Shows the settings of the page. Each setting applies as soon as it is chosen, except the language and the instructions
 * for new chats: a page that is open needs a reload for them and gets it when the dialog is closed.
 */
export async function showPreferences() {
	const dialog = clone('preferences-dialog');
	const form = dialog.querySelector('form');
	for (const input of form.querySelectorAll('[name]')) {
		fillIn(input, input.name === 'language' ? language : preference(input.name));
	}
	const instructions = preference('instructions');
	form.addEventListener('input', ({ target }) => choose(target));
	form.querySelector('[download]').addEventListener('click', () => tellSaving(dialog));
	const closed = show(dialog);
	form.querySelector('input:checked').focus();
	const next = await closed;
	dialog.remove();
	if (form.elements.language.value !== language) {
		setLanguage(form.elements.language.value);
	} else if (preference('instructions') !== instructions && !document.querySelector('#turns > *')) {
		location.reload();
	}
	NEXT[next]?.();
}

/** The browser saves all chats. The page says so, and the dialog would hide that. */
function tellSaving(dialog) {
	dialog.close();
	say(texts.saving);
}

/** The side bar tells what becomes of the files. The same files can be chosen again. */
function chooseFiles() {
	const field = document.getElementById('import-file');
	showList();
	field.value = '';
	field.click();
}

function fillIn(input, value) {
	if (input.type === 'radio') {
		input.checked = input.value === value;
	} else if (input.type === 'checkbox') {
		input.checked = value;
	} else {
		input.value = value;
	}
}

function choose(input) {
	if (input.name !== 'language') {
		prefer(input.name, input.type === 'checkbox' ? input.checked : input.value);
	}
}

/** Sets the cookie that tells the server the language of the page, and reloads the page. */
function setLanguage(tag) {
	document.cookie = `lang=${tag}; path=/; max-age=${A_YEAR}; samesite=lax`;
	location.reload();
}
