/** Makes what a template of the page holds, and puts a dialog at the page's end. */
export function clone(id) {
	const element = document.getElementById(id).content.firstElementChild.cloneNode(true);
	if (element.localName === 'dialog') {
		document.body.append(element);
	}
	return element;
}
