import { codeOf, copy, toggleWrap } from './code.js';
import { texts } from './texts.js';

const COPIED_MS = 2000;

/**
 * Lets the buttons inside the conversation act. One listener serves them all, also those that do not exist yet.
 *
 * @param {HTMLElement} log
 * @param {Object<string, (article: HTMLElement, button: HTMLElement) => void>} own what the page does with a turn, by name
 * @param {(article: HTMLElement) => string|Promise<string>} textOf what a turn says
 * @param {(notice: string) => void} say tells the reader what happened
 */
export function listen(log, own, textOf, say) {
	const actions = {
		'copy-code': (article, button) => copyFrom(button, codeOf(button)),
		'copy-answer': (article, button) => copyFrom(button, textOf(article)),
		'copy-question': (article, button) => copyFrom(button, textOf(article)),
		wrap: (article, button) => toggleWrap(button),
		...own,
	};

	async function copyFrom(button, text) {
		await copy(await text);
		button.textContent = texts.copied;
		say(texts.copied);
		setTimeout(() => (button.textContent = texts.copy), COPIED_MS);
	}

	log.addEventListener('click', (event) => {
		const button = event.target.closest('button[data-action]');
		actions[button?.dataset.action]?.(button.closest('article'), button);
	});
}
