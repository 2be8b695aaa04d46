/** A pasted text with more characters becomes a file. */
const LONG = 10000;

/**
 * Takes files that the reader drops anywhere on the page, or pastes into the message box.
 *
 * @param {HTMLElement} box the message box
 * @param {Files} files
 */
export function takeFiles(box, files) {
	box.addEventListener('paste', (event) => paste(event, files));
	const mark = (isOver) => document.documentElement.toggleAttribute('data-dropping', isOver);
	window.addEventListener('dragover', (event) => {
		if (hasFiles(event)) {
			event.preventDefault();
			mark(true);
		}
	});
	window.addEventListener('dragleave', ({ relatedTarget }) => relatedTarget || mark(false));
	window.addEventListener('drop', (event) => {
		mark(false);
		if (hasFiles(event)) {
			event.preventDefault();
			files.add([...event.dataTransfer.files]);
		}
	});
}

function hasFiles({ dataTransfer }) {
	return dataTransfer?.types.includes('Files') ?? false;
}

/** A copied cell of a table is a text and a picture of it. The text counts. */
function paste(event, files) {
	const text = event.clipboardData.getData('text/plain');
	if (text.length > LONG) {
		event.preventDefault();
		files.addText(text).then((isTaken) => isTaken || insert(event.target, text));
	} else if (text === '' && event.clipboardData.files.length > 0) {
		event.preventDefault();
		files.add([...event.clipboardData.files]);
	}
}

/** Inserts a text as the browser would have done. */
function insert(box, text) {
	box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end');
	box.dispatchEvent(new Event('input', { bubbles: true }));
}
