/** What keys mean. */

const STEPS = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/** Keys of an input method mean it and not the page (`keyCode` 229: Safari ends a composition before its last key). */
export function isComposing(event) {
	return event.isComposing || event.keyCode === 229;
}

/** A screen without a mouse has a keyboard of its own, whose Enter breaks the line: there a button sends. */
export function isTouch() {
	return matchMedia('(pointer: coarse)').matches;
}

/** Whether this key sends what is in the box. */
export function sends(event, enter) {
	if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) {
		return false;
	}
	return event.ctrlKey || event.metaKey || (enter === 'sends' && !isTouch());
}

/** Where a key goes in a list that arrows move in, from an item of it or from before it; undefined for any other key. */
export function stepped({ key }, items, from) {
	const at = items.indexOf(from) + STEPS[key];
	return Number.isNaN(at) ? undefined : items[Math.min(Math.max(at, 0), items.length - 1)];
}

/** Whether the key goes into something that is being written. */
export function isTyped(event) {
	return Boolean(event.target.closest?.('input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable]'));
}
