import { codeOf, toggleWrap, wordOf } from '../answer/code-bar.js';
import { followNote } from '../answer/notes.js';
import { plainHtmlOf } from '../answer/plain-html.js';
import { rowsOf, tableOf, tabbedText } from '../answer/table-bar.js';
import { copy } from '../lib/clipboard.js';
import { say } from '../lib/events.js';
import { withModule } from '../lib/lazy.js';
import { texts } from '../lib/texts.js';

const COPIED_MS = 2000;

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
		'copy-answer': (article, button) => copyFrom(button, textOf(article), plainHtmlOf(article.querySelector('.prose'))),
		'copy-question': (article, button) => copyFrom(button, textOf(article)),
		'copy-table': (_, button) => copyTable(button),
		csv: (_, button) => withModule('answer/save-file.js', ({ saveCsv }) => saveCsv(rowsOf(tableOf(button)))),
		download: (_, button) => withModule('answer/save-file.js', ({ saveCode }) => saveCode(codeOf(button), wordOf(button))),
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

/** Shows all of a long question, or only its beginning again. */
function toggleFold(said, button) {
	const isOpen = said.toggleAttribute('data-unfolded');
	button.setAttribute('aria-expanded', String(isOpen));
	button.textContent = isOpen ? texts.showLess : texts.showMore;
	if (!isOpen) {
		said.scrollIntoView({ block: 'nearest' });
	}
}

function copyTable(button) {
	const table = tableOf(button);
	return copyFrom(button, tabbedText(table), plainHtmlOf(table));
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
