import { style } from '../lib/lazy.js';

await style('dialogs');

/**
 * Lets the reader change a title in place. Enter or leaving the field keeps the change, Esc discards it.
 *
 * @param {HTMLElement} shown the link or button that shows the title; the field takes its place
 * @returns {Promise<string>} the new title; empty if nothing changes
 */
export function rename(shown) {
	const before = shown.querySelector('[dir]').textContent;
	const place = shown.parentElement;
	// The first click of a double one has opened the menu.
	document.querySelector('.menu:popover-open')?.hidePopover();
	const field = document.getElementById('rename').content.firstElementChild.cloneNode(true);
	field.value = before;
	place.classList.add('renaming');
	shown.before(field);
	field.select();
	field.focus();
	return new Promise((resolve) => {
		const end = (title) => {
			field.onblur = null;
			place.classList.remove('renaming');
			field.remove();
			shown.focus();
			resolve(title && title !== before ? title : '');
		};
		field.onblur = () => end(field.value.trim());
		field.onkeydown = (event) => {
			if (event.isComposing || !['Enter', 'Escape'].includes(event.key)) {
				return;
			}
			event.preventDefault();
			event.stopPropagation();
			end(event.key === 'Enter' ? field.value.trim() : '');
		};
	});
}
