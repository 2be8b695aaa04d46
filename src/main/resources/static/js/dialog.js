/**
 * Dialogs that stand above the page. The browser keeps the focus in, closes on Esc and gives the focus back;
 * what is added here is the click beside it, the buttons that close, and the answer. One that says
 * `closedby=closerequest` holds what somebody typed: a stray click does not close it.
 */

const DOUBLE_CLICK_MS = 500;

/** The second click of a double one was meant for what the dialog stands above now. */
const openedAt = new WeakMap();

/**
 * Shows a dialog until it is closed. Buttons inside with `data-close` close it with their value.
 *
 * @param {HTMLDialogElement} dialog
 * @returns {Promise<string>} the value of the button that closed it; empty when it was dismissed
 */
export function show(dialog) {
	prepare(dialog);
	openedAt.set(dialog, performance.now());
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

/** A click with no place is a key's; one outside the dialog's own box is on what lies behind it. */
function isBeside(dialog, { target, clientX, clientY }) {
	const { left, right, top, bottom } = dialog.getBoundingClientRect();
	const mayBe = target === dialog && dialog.getAttribute('closedby') !== 'closerequest';
	return mayBe && (clientX < left || clientX > right || clientY < top || clientY > bottom);
}
