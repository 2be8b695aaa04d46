import { codeOf, toggleWrap, wordOf } from '../answer/code-bar.js';
import { followNote } from '../answer/notes.js';
import { copy } from '../lib/clipboard.js';
import { say } from '../lib/events.js';
import { load, withModule } from '../lib/lazy.js';
import { texts } from '../lib/texts.js';

const COPIED_MS = 2000;
const FORMATS = 'answer/formats.js';
const TURN_ACTIONS = ['edit', 'regenerate', 'retry', 'choices', 'continue', 'previous', 'next', 'compare', 'facts'];

/**
 * Handles clicks on the buttons and footnotes inside the conversation. One delegated listener serves all of them,
 * including those that are added later.
 *
 * @param {HTMLElement} log
 * @param {Object<string, (article: HTMLElement, button: HTMLElement) => void>} own the page's own actions on a turn, by
 * name
 * @param {(article: HTMLElement) => string|Promise<string>} textOf returns the text of a turn
 */
export function listen(log, own, textOf) {
	const actions = {
		'copy-code': (_, button) => copyFrom(button, codeOf(button)),
		'copy-answer': (article, button) => copyFrom(button, textOf(article), htmlOf(article)),
		'copy-question': (article, button) => copyFrom(button, textOf(article)),
		'copy-table': (_, button) => copyTable(button),
		csv: (_, button) => withModule(FORMATS, ({ saveCsv, tableOf }) => saveCsv(tableOf(button))),
		download: (_, button) => withModule(FORMATS, ({ saveCode }) => saveCode(codeOf(button), wordOf(button))),
		wrap: (_, button) => toggleWrap(button),
		unfold: (article, button) => toggleFold(article.querySelector('.said'), button),
		...own,
	};

	log.addEventListener('click', (event) => {
		const button = event.target.closest('button[data-action]');
		actions[button?.dataset.action]?.(button.closest('article'), button);
		followNote(event);
	});
}

/**
 * The actions on a turn that ask or show other turns. Their module is loaded with the first of them.
 *
 * @param {Chat} chat
 * @returns {Object<string, (article: HTMLElement, button: HTMLElement) => void>} by name
 */
export function turnActions(chat) {
	let loaded = null;
	const act = (name) => (article, button) => withModule('conversation/turn-actions.js', ({ TurnActions }) => {
		loaded ??= new TurnActions(chat).byName();
		loaded[name](article, button);
	});
	return Object.fromEntries(TURN_ACTIONS.map((name) => [name, act(name)]));
}

/** Shows all of a long question, or only its beginning again. */
function toggleFold(said, button) {
	const isOpen = said.toggleAttribute('data-unfolded');
	button.setAttribute('aria-expanded', String(isOpen));
	button.textContent = isOpen ? texts.showLess : texts.showMore;
	if (!isOpen) {
		said.scrollIntoView({ block: 'nearest' });
	}
}

/** A browser allows a copy only if it begins with the click, so what is copied may come later. */
async function htmlOf(article) {
	return (await load(FORMATS)).plainHtmlOf(article.querySelector('.prose'));
}

function copyTable(button) {
	const module = load(FORMATS);
	const text = module.then(({ tabbedText, tableOf }) => tabbedText(tableOf(button)));
	return copyFrom(button, text, module.then(({ plainHtmlOf, tableOf }) => plainHtmlOf(tableOf(button))));
}

async function copyFrom(button, text, html) {
	await copy(text, html);
	say(texts.copied);
	const name = button.querySelector('.unseen') ?? button;
	button.dataset.name ??= name.textContent;
	show(name, button, texts.copied, '#i-check');
	setTimeout(() => show(name, button, button.dataset.name, '#i-copy'), COPIED_MS);
}

/** Shows another name on a button, and another icon if it has one. */
function show(name, button, text, icon) {
	name.textContent = text;
	button.querySelector('use')?.setAttribute('href', icon);
}
