/**
 * Marks the first line of the turn that has the keyboard focus. The style sheet could find that turn only with `:has()`,
 * which makes the browser search all of a turn whenever the turn changes.
 */
export function markFocus() {
	let marked = null;
	const mark = (line) => {
		marked?.classList.remove('focused');
		marked = line;
		marked?.classList.add('focused');
	};
	document.addEventListener('focusin', ({ target }) => mark(target.matches(':focus-visible') ? lineOf(target) : null));
	document.addEventListener('focusout', () => mark(null));
}

function lineOf(element) {
	return element.closest('.turn')?.querySelector('.byline');
}
