import { planAppend, plainText } from './append.js';
import { dress, needsDress } from './code.js';
import { morph } from './morph.js';

/**
 * Writes a change of the HTML into its wrapper. Appends if that is enough, and otherwise changes only the nodes that
 * differ.
 */
export function write(wrapper, change) {
	if (!wrapper.hasChildNodes()) {
		wrapper.append(elementsOf(change.after));
		return;
	}
	const plan = planAppend(change);
	if (!plan || !append(wrapper, plan)) {
		wrapper.normalize();
		morph(wrapper, elementsOf(change.after));
	}
}

function elementsOf(html) {
	const template = document.createElement('template');
	template.innerHTML = html;
	dress(template.content);
	return template.content;
}

function append(wrapper, { closing, pieces }) {
	let place = innermost(wrapper, closing);
	if (!place) {
		return false;
	}
	appendInside(place, pieces[0]);
	for (let ended = 1; ended < pieces.length; ended++) {
		while (ended < pieces.length - 1 && place.nextSibling) {
			place.nextSibling.remove();
		}
		place.insertAdjacentHTML('afterend', pieces[ended]);
		place = place.parentElement;
	}
	if (pieces.some(needsDress)) {
		dress(wrapper);
	}
	return true;
}

/** @returns {Element|null} the innermost open element; null if the elements differ from the HTML */
function innermost(wrapper, closing) {
	let place = wrapper;
	for (const name of closing.toReversed()) {
		place = place.lastElementChild;
		if (place?.localName !== name) {
			return null;
		}
	}
	return place;
}

function appendInside(place, markup) {
	const text = plainText(markup);
	if (text === null) {
		place.insertAdjacentHTML('beforeend', markup);
	} else if (place.lastChild instanceof Text) {
		place.lastChild.appendData(text);
	} else if (text) {
		place.append(text);
	}
}
