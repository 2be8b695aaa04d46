import { isTouch } from '../lib/keys.js';

/**
 * Focuses the message box, except while text is selected, and while the focus is inside an answer, a field or a dialog. The
 * frame around the field has the focus while the field is disabled, so that the Tab key goes on from there, and on touch
 * screens, where the keyboard would cover the page.
 */
export function focusBox() {
	const box = messageBox();
	const target = box.disabled || isTouch() ? box.closest('.box') : box;
	const focused = document.activeElement;
	const isElsewhere = focused.matches('#turns *, input, select, textarea, dialog *') && !isLosingFocus(focused);
	if (!isElsewhere && document.getSelection().isCollapsed) {
		target.focus({ preventScroll: true });
	}
}

/** Focuses the box when an answer begins or ends, unless the reader is at another place of the page. */
export function keepFocus() {
	const focused = document.activeElement;
	if (focused.matches('body, .desk *, #conversation') || isLosingFocus(focused)) {
		focusBox();
	}
}

/** Whether the browser is about to move the focus from an element to the body, because it is hidden or disabled. */
function isLosingFocus(element) {
	return element.disabled || !element.checkVisibility({ visibilityProperty: true });
}

/** Focuses the box, with the cursor behind its text. */
export function goOnWriting() {
	const box = messageBox();
	box.focus();
	box.setSelectionRange(box.value.length, box.value.length);
}

export function messageBox() {
	return document.getElementById('message');
}
