import { base } from '../base.js';
import { say } from '../lib/events.js';
import { stepped } from '../lib/keys.js';
import { style, withModule } from '../lib/lazy.js';
import { texts } from '../lib/texts.js';

await style('dialogs');

/**
 * The menu of a conversation. One menu serves all entries of the list and the title of the open conversation. It is shown
 * beside the pressed button. The browser closes it on Esc or on a click elsewhere, and restores the focus.
 */
export class Menu {

	#menu;
	#id = '';
	#button = null;

	/**
	 * @param {Object<string, (id: string, button: HTMLElement) => void>} actions the actions on a conversation, by name, with
	 * the button that opened the menu
	 */
	constructor(menu, actions) {
		this.#menu = menu;
		menu.addEventListener('keydown', (event) => this.#step(event));
		menu.addEventListener('click', save);
		menu.addEventListener('click', ({ target }) => {
			const chosen = target.closest('[data-do], [data-format]');
			if (chosen) {
				menu.hidePopover();
				actions[chosen.dataset.do]?.(this.#id, this.#button);
			}
		});
	}

	/**
	 * Opens the menu, in the same part of the page as the button, because a dialog hides the other parts.
	 *
	 * @param {Object<string, string>} names texts of the actions that differ for this conversation
	 */
	open(button, id, names) {
		this.#id = id;
		this.#button = button;
		button.closest('nav, header').append(this.#menu);
		for (const [action, name] of Object.entries(names)) {
			this.#menu.querySelector(`[data-do=${action}] span`).textContent = name;
		}
		for (const link of this.#menu.querySelectorAll('[data-format]')) {
			link.href = `${base}/api/conversations/${id}/export?format=${link.dataset.format}`;
		}
		openBeside(this.#menu, button);
		this.#menu.querySelector('button').focus();
	}

	/** Arrow keys move within the menu. Tab closes it. */
	#step(event) {
		if (event.key === 'Tab') {
			this.#menu.hidePopover();
			return;
		}
		const items = [...this.#menu.querySelectorAll(':is(button, a):not([hidden])')];
		const next = stepped(event, items, document.activeElement);
		if (next) {
			event.preventDefault();
			next.focus();
		}
	}

}

/** Lets the browser save a file, and says that it does. This page saves the HTML file, with what only it can draw. */
function save(event) {
	const link = event.target.closest('[data-format]');
	if (link) {
		say(texts.saving);
	}
	if (link?.dataset.format === 'html') {
		event.preventDefault();
		withModule('sidebar/html-export.js', ({ saveHtml }) => saveHtml(link));
	}
}

/** Shows a popover below a button if there is room, else above. */
export function openBeside(popover, button) {
	popover.showPopover({ source: button });
	const { bottom, left, top } = button.getBoundingClientRect();
	const { width, height } = popover.getBoundingClientRect();
	const start = Math.min(Math.max(left, 8), innerWidth - width - 8);
	Object.assign(popover.style, { left: `${start}px`, top: `${bottom + height < innerHeight ? bottom : top - height}px` });
}
