/**
 * Modal dialogs. The browser keeps the focus inside, closes on Esc and restores the focus. This module adds closing by a
 * click outside, buttons that close, and the result. A dialog with `closedby=closerequest` holds typed text, so a stray
 * click does not close it.
 */

const DOUBLE_CLICK_MS = 500;

/** The time at which each dialog was opened. The second click of a double click was meant for the page and is ignored. */
const openedAt = new WeakMap();

/**
 * Shows a dialog until it is closed. Buttons inside with `data-close` close it with their value.
 *
 * @param {HTMLDialogElement} dialog
 * @returns {Promise<string>} the value of the button that closed it; empty if it was dismissed
 */
export function show(dialog) {
	prepare(dialog);
	openedAt.set(dialog, performance.now());
	dialog.returnValue = '';
	// In the template this attribute would move the focus when the dialog is added to the page.
	dialog.querySelector('[data-first]')?.toggleAttribute('autofocus', true);
	dialog.showModal();
	return new Promise((resolve) => {
		dialog.addEventListener('close', () => resolve(dialog.returnValue), { once: true });
	});
}

/** Clones the element in a template. A dialog is also appended to the page's body. */
export function clone(id) {
	const element = document.getElementById(id).content.firstElementChild.cloneNode(true);
	if (element.localName === 'dialog') {
		document.body.append(element);
	}
	return element;
}

/** Whether a modal dialog is open, so that keys belong to it and not to the page. */
export function isAnyOpen() {
	return document.querySelector('dialog:modal') !== null;
}

function prepare(dialog) {
	if (dialog.dataset.ready) {
		return;
	}
	dialog.dataset.ready = 'true';
	dialog.addEventListener('click', (event) => {
		if (event.detail > 1 && performance.now() - openedAt.get(dialog) < DOUBLE_CLICK_MS) {
			event.preventDefault();
			event.stopPropagation();
		}
	}, { capture: true });
	dialog.addEventListener('click', (event) => {
		const button = event.target.closest('button[data-close]');
		if (button || isBeside(dialog, event)) {
			dialog.close(button?.value ?? '');
		}
	});
}

/** Whether a click is on the backdrop, outside the dialog's own box. A click by keyboard has a control as its target. */
function isBeside(dialog, { target, clientX, clientY }) {
	const { left, right, top, bottom } = dialog.getBoundingClientRect();
	const mayBe = target === dialog && dialog.getAttribute('closedby') !== 'closerequest';
	return mayBe && (clientX < left || clientX > right || clientY < top || clientY > bottom);
}
