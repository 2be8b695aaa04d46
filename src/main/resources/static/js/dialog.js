/**
 * Dialogs that stand above the page. The browser keeps the focus in, closes on Esc and gives the focus back;
 * what is added here is the click beside it, the buttons that close, and the answer.
 */

/**
 * Shows a dialog until it is closed. Buttons inside with `data-close` close it with their value.
 *
 * @param {HTMLDialogElement} dialog
 * @returns {Promise<string>} the value of the button that closed it; empty when it was dismissed
 */
export function show(dialog) {
	prepare(dialog);
	dialog.returnValue = '';
	dialog.showModal();
	return new Promise((resolve) => {
		dialog.addEventListener('close', () => resolve(dialog.returnValue), { once: true });
	});
}

/** Whether any dialog stands above the page, so that keys mean it and not the page. */
export function isAnyOpen() {
	return document.querySelector('dialog:modal') !== null;
}

function prepare(dialog) {
	if (dialog.dataset.ready) {
		return;
	}
	dialog.dataset.ready = 'true';
	dialog.addEventListener('click', (event) => {
		const button = event.target.closest('button[data-close]');
		if (button || isBeside(dialog, event)) {
			dialog.close(button?.value ?? '');
		}
	});
}

/** A click with no place is a key's; one outside the dialog's own box is on what lies behind it. */
function isBeside(dialog, { target, clientX, clientY }) {
	const { left, right, top, bottom } = dialog.getBoundingClientRect();
	return target === dialog && (clientX < left || clientX > right || clientY < top || clientY > bottom);
}
