import { fill, texts } from '../lib/texts.js';

/** Reads the conversation of an entry that the server rendered. */
export function conversationIn(item) {
	const { id, pinned, updated } = item.dataset;
	return {
		id,
		title: item.querySelector('.entry-title').textContent,
		pinned: pinned === 'true',
		updatedAt: updated,
		snippet: [...item.querySelector('.snippet').childNodes].map((piece) => ({ text: piece.textContent, hit: piece.localName === 'mark' })),
		messageId: item.querySelector('.entry-link').hash.slice('#m-'.length),
	};
}

/** @param {Map<string, HTMLElement>} items the entries, by id */
export function sectionOf({ key, name, ids }, items) {
	const section = document.createElement('section');
	section.className = 'group';
	section.dataset.group = key;
	const heading = document.createElement('p');
	heading.className = 'group-name';
	heading.id = `g-${key}`;
	heading.hidden = !name;
	heading.textContent = name;
	const list = document.createElement('ul');
	list.setAttribute('aria-labelledby', heading.id);
	list.append(...ids.map((id) => items.get(id)));
	section.append(heading, list);
	return section;
}

/** Shows a snippet with the words that the search found. */
export function fillSnippet(element, pieces) {
	element.hidden = pieces.length === 0;
	element.replaceChildren(...pieces.map(({ text, hit }) => {
		const mark = document.createElement('mark');
		mark.textContent = text;
		return hit ? mark : document.createTextNode(text);
	}));
}

/** Names the menu button of an entry for screen readers. */
export function nameButton(item) {
	item.querySelector('.entry-more').setAttribute('aria-label',
		fill(texts.more, item.querySelector('.entry-title').textContent));
}
