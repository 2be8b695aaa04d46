/** The meaning of keys. */

const STEPS = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/**
 * Whether a key belongs to an input method and not to the page. (`keyCode` 229: Safari ends a composition before its last
 * key.)
 */
export function isComposing(event) {
	return event.isComposing || event.keyCode === 229;
}

/** Whether the main pointer is a finger. Enter on an on-screen keyboard breaks the line, and a button sends. */
export function isTouch() {
	return matchMedia('(pointer: coarse)').matches;
}

/** Whether this key sends the text in the box. */
export function sends(event, enter) {
	if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) {
		return false;
	}
	return event.ctrlKey || event.metaKey || (enter === 'sends' && !isTouch());
}

/** The item to which a key moves the focus, from an item or from before the list; undefined for any other key. */
export function stepped({ key }, items, from) {
	const at = items.indexOf(from) + STEPS[key];
	return Number.isNaN(at) ? undefined : items[Math.min(Math.max(at, 0), items.length - 1)];
}

/** Whether the key types text into a field. */
export function isTyped(event) {
	return Boolean(event.target.closest?.('input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable]'));
}
