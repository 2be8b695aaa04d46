/**
 * Lets the reader change a title in place. Enter or leaving the field keeps the change, Esc discards it.
 *
 * @param {HTMLElement} item the entry
 * @returns {Promise<string>} the new title; empty if nothing changes
 */
export function rename(item) {
	const link = item.querySelector('.entry-link');
	const field = document.getElementById('rename').content.firstElementChild.cloneNode(true);
	const before = item.querySelector('.entry-title').textContent;
	field.value = before;
	item.classList.add('renaming');
	link.before(field);
	field.select();
	field.focus();
	return new Promise((resolve) => {
		const end = (title) => {
			field.onblur = null;
			item.classList.remove('renaming');
			field.remove();
			link.focus();
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
