import { base } from './base.js';
import { stepped } from './keys.js';

/**
 * The menu of an entry: one for all of them, shown beside the button that asked for it. The browser closes it on
 * Esc, on a click elsewhere, and gives the focus back.
 */
export class Menu {

	#menu;
	#id = '';

	/** @param {Object<string, (id: string) => void>} actions what can be done with an entry, by name */
	constructor(menu, actions) {
		this.#menu = menu;
		menu.addEventListener('keydown', (event) => this.#step(event));
		menu.addEventListener('click', ({ target }) => {
			const chosen = target.closest('[data-do], [data-format]');
			if (chosen) {
				menu.hidePopover();
				actions[chosen.dataset.do]?.(this.#id);
			}
		});
	}

	/** @param {Object<string, string>} names of actions that are called differently for this entry */
	open(button, id, names) {
		this.#id = id;
		for (const [action, name] of Object.entries(names)) {
			this.#menu.querySelector(`[data-do=${action}]`).textContent = name;
		}
		for (const link of this.#menu.querySelectorAll('[data-format]')) {
			link.href = `${base}/api/conversations/${id}/export?format=${link.dataset.format}`;
		}
		this.#menu.showPopover({ source: button });
		this.#place(button.getBoundingClientRect());
		this.#menu.querySelector('button').focus();
	}

	/** Arrows move in it, and the Tab key leads out of it. */
	#step(event) {
		if (event.key === 'Tab') {
			this.#menu.hidePopover();
			return;
		}
		const items = [...this.#menu.querySelectorAll('button, a')];
		const next = stepped(event, items, document.activeElement);
		if (next) {
			event.preventDefault();
			next.focus();
		}
	}

	/** Below the button where there is room, else above. */
	#place(button) {
		const { width, height } = this.#menu.getBoundingClientRect();
		const below = button.bottom + height < innerHeight;
		const left = Math.min(Math.max(button.left, 8), innerWidth - width - 8);
		Object.assign(this.#menu.style, { left: `${left}px`, top: `${below ? button.bottom : button.top - height}px` });
	}

}
