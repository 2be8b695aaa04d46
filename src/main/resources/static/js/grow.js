/**
 * For browsers without `field-sizing`: makes a text box as high as its text, as far as its style lets it, with one
 * look at the layout a frame however many keys were pressed.
 *
 * @param {HTMLTextAreaElement} box
 * @returns {() => void} to be called after its text has changed
 */
export function growing(box) {
	let frame = 0;
	return () => {
		frame ||= requestAnimationFrame(() => {
			frame = 0;
			box.style.height = 'auto';
			box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
		});
	};
}
