/**
 * For browsers without `field-sizing`: makes a text box as high as its text, up to the limit of its style. It reads the
 * layout at most once a frame, however many keys were pressed.
 *
 * @param {HTMLTextAreaElement} box
 * @returns {() => void} to be called after the text of the box has changed
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
