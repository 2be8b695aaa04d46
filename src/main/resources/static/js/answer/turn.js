import { showTime } from '../lib/clock.js';
import { fill, texts } from '../lib/texts.js';

/**
 * The common part of a question and an answer: an element, created or found on the page, and a record, which is the
 * message as the server knows it.
 */
export class Turn {

	/**
	 * @param {string} template the id of the template of an empty turn
	 * @param {HTMLElement} [element] the element that the server rendered, without the parts that only a script can use
	 */
	constructor(record, template, element) {
		this.record = record;
		this.element = element ?? copy(whole(template));
		complete(this.element, whole(template));
	}

	get id() {
		return this.record.id;
	}

	/** Shows the number of this version and of all versions. A single version shows nothing. */
	showVersions(at, count) {
		const versions = this.part('.versions');
		versions.hidden = count < 2;
		versions.querySelector('.version').textContent = fill(texts.version, at + 1, count);
		versions.querySelector('[data-action=previous]').disabled = at === 0;
		versions.querySelector('[data-action=next]').disabled = at === count - 1;
		const compare = this.part('[data-action=compare]');
		if (compare) {
			compare.hidden = count < 2;
		}
	}

	/** Takes the server's data about this turn, for instance how it ended. */
	learn(record) {
		Object.assign(this.record, record);
		this.show();
	}

	show() {
		this.element.id = this.id ? `m-${this.id}` : '';
		showTime(this.part('time'), this.record.createdAt);
	}

	part(selector) {
		return this.element.querySelector(selector);
	}

}

function whole(template) {
	return document.getElementById(template).content.firstElementChild;
}

/** Adds to an element the parts of a whole one that it lacks, each at its place. */
function complete(element, { children }) {
	let place = element.firstElementChild;
	for (const part of children) {
		if (place?.className === part.className) {
			place = place.nextElementSibling;
		} else {
			element.insertBefore(copy(part), place);
		}
	}
}

/** Copies an element into the page's own document, because a formula in it may be rendered before the page shows it. */
function copy(element) {
	return document.importNode(element, true);
}
