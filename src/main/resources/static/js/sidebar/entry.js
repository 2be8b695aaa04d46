import { dayOf } from '../lib/clock.js';
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

/** Shows a snippet with the words that the search found. */
export function fillSnippet(element, pieces) {
	element.hidden = pieces.length === 0;
	element.replaceChildren(...pieces.map(({ text, hit }) => {
		const mark = document.createElement('mark');
		mark.textContent = text;
		return hit ? mark : document.createTextNode(text);
	}));
}

/** Shows the day of a found conversation, which stands below no heading with its day. */
export function showFoundDay(element, at, isFound) {
	element.hidden = !isFound;
	element.dateTime = at;
	element.textContent = dayOf(at);
}

/** Names the menu button of an entry for screen readers. */
export function nameButton(item) {
	item.querySelector('.entry-more').setAttribute('aria-label',
		fill(texts.more, item.querySelector('.entry-title').textContent));
}
