/** Clones the element in a template. A dialog is also appended to the page's body. */
export function clone(id) {
	const element = document.getElementById(id).content.firstElementChild.cloneNode(true);
	if (element.localName === 'dialog') {
		document.body.append(element);
	}
	return element;
}
