import Alpine from '../vendor/alpine-csp-3.17.4.min.js';
import { Chat } from './chat.js';
import { Composer } from './composer/composer.js';
import { directionOf } from './composer/direction.js';
import { takeFiles } from './composer/file-drop.js';
import { FileList } from './composer/file-list.js';
import { stayAboveKeyboard } from './composer/keyboard.js';
import { ModelChoice } from './composer/model-choice.js';
import { Page } from './composer/page.js';
import { Status } from './composer/status.js';
import { rememberZone } from './lib/clock.js';
import { Sidebar } from './sidebar/sidebar.js';
import { answerStore, draftStore, pageStore } from './stores.js';

const box = document.getElementById('message');
const stores = {
	answer: store('answer', answerStore()),
	draft: store('draft', draftStore(Number(box.dataset.limit) || Infinity)),
	page: store('page', pageStore()),
};

// The turns are there before Alpine starts. Alpine inspects each element that is added later, and they contain nothing for
// it.
const chat = new Chat(stores);
Alpine.data('page', () => new Page(chat));
Alpine.data('composer', () => new Composer(chat));
Alpine.data('fileList', () => new FileList(chat));
Alpine.data('status', () => new Status(chat));
Alpine.data('modelChoice', () => new ModelChoice(chat));
chat.open();
takeFiles(box, chat.files);
Alpine.start();
new Sidebar();
rememberZone();
stayAboveKeyboard();
direct();
if (!CSS.supports('field-sizing', 'content')) {
	growByScript();
}

/** Adds a store to Alpine. @returns {object} the store, as Alpine observes it */
function store(name, values) {
	Alpine.store(name, values);
	return Alpine.store(name);
}

/** Sets the direction of the box before the browser lays out the new text. */
function direct() {
	box.addEventListener('beforeinput', ({ data }) => (box.dir = directionOf(box.value + (data ?? ''))));
	Alpine.effect(() => (box.dir = directionOf(stores.draft.text)));
}

/** Watches the draft and not the keys, because scripts also change it: they restore it, send it and fill it in. */
async function growByScript() {
	const { growing } = await import('./composer/grow.js');
	const grow = growing(box);
	Alpine.effect(() => grow(stores.draft.text));
}
