import { codeOf, copy, toggleWrap } from './code.js';
import { texts } from './texts.js';

const COPIED_MS = 2000;

/**
 * Lets the buttons inside the conversation act. One listener serves them all, also those that do not exist yet.
 *
 * @param {HTMLElement} log
 * @param {(article: HTMLElement) => string} markdownOf what an answer says
 * @param {(notice: string) => void} say tells the reader what happened
 */
export function listen(log, markdownOf, say) {
	const actions = {
		'copy-code': (button) => copyFrom(button, codeOf(button)),
		'copy-answer': (button) => copyFrom(button, markdownOf(button.closest('article'))),
		wrap: toggleWrap,
	};

	async function copyFrom(button, text) {
		await copy(text);
		button.textContent = texts.copied;
		say(texts.copied);
		setTimeout(() => (button.textContent = texts.copy), COPIED_MS);
	}

	log.addEventListener('click', (event) => {
		const button = event.target.closest('button[data-action]');
		actions[button?.dataset.action]?.(button);
	});
}
