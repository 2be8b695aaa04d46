import { say } from '../lib/events.js';
import { style } from '../lib/lazy.js';
import { texts } from '../lib/texts.js';
import { placesOf, wordsOf } from './sought-words.js';

await style('sought');

/** The most places of a word that are marked. */
const MAX_MARKS = 1000;

const log = document.getElementById('conversation');
const turns = document.getElementById('turns');

/** Marks the words again when the text changes: colours of code replace it, and its beginning may come later. */
const changes = new MutationObserver(() => onChange());
let onChange = () => {};

/** Removes the line about a branch that is shown for now; null without one. */
let endAside = null;

/**
 * Shows the message that the address names, and the words of the search in it.
 *
 * @param {Conversation} conversation
 * @param {Follower} follower
 */
export async function showHit(conversation, follower) {
	const { hash, search } = location;
	// The search ends when the drawer closes, which would cover the message.
	const words = wordsOf(document.getElementById('search').value || new URLSearchParams(search).get('query') || '');
	document.getElementById('drawer').close();
	const element = await reveal(conversation, hash.slice('#m-'.length), follower);
	if (location.hash === hash) {
		mark(element, words, follower);
	}
}

/**
 * Shows the branch that contains this message, if it is not shown already: a search may find a message in another one.
 *
 * @returns {Promise<HTMLElement|null>} the message's element; null if there is no such message
 */
async function reveal(conversation, id, follower) {
	if (!conversation.elementOf(id)) {
		await (endAside ? leaveAside(conversation) : conversation.read);
	}
	if (!conversation.elementOf(id) && conversation.branch.messages.some((message) => message.id === id)) {
		await showAside(conversation, id, follower).catch(({ message }) => say(message));
	}
	return conversation.elementOf(id);
}

/** Shows another branch without storing it, because the reader looks for a message and does not choose where to go on. */
async function showAside(conversation, id, follower) {
	const leaf = conversation.branch.leafBelow(id);
	conversation.answer.ending = 'idle';
	await conversation.showBranch(leaf);
	if (conversation.elementOf(id)) {
		conversation.aside = leaf;
		tellAside(conversation, follower);
	}
}

/** Tells of the other branch, with a way back, until the turns on the page change. */
function tellAside(conversation, follower) {
	const note = document.createElement('p');
	const back = document.createElement('button');
	Object.assign(back, { type: 'button', className: 'quiet', textContent: texts.asideBack });
	note.className = 'editing aside';
	note.setAttribute('role', 'status');
	note.append(texts.aside, ' ', back);
	document.getElementById('undo-place').before(note);
	const changed = new MutationObserver(() => endAside?.());
	changed.observe(turns, { childList: true });
	endAside = () => {
		endAside = null;
		changed.disconnect();
		note.remove();
		conversation.aside = undefined;
	};
	back.addEventListener('click', async () => {
		history.replaceState(null, '', location.pathname + location.search);
		log.focus({ preventScroll: true });
		await leaveAside(conversation);
		follower.toEnd();
	});
}

/** Shows the stored branch again. */
function leaveAside(conversation) {
	endAside();
	return conversation.sync();
}

/** Marks a turn and its words, and moves the focus to it, so that reading continues there. */
async function mark(element, words, follower) {
	document.querySelector('.turn.sought')?.classList.remove('sought');
	changes.disconnect();
	CSS.highlights?.delete('sought');
	if (!element) {
		return;
	}
	element.classList.add('sought');
	element.tabIndex = -1;
	element.focus({ preventScroll: true });
	follower.toPart(element);
	// The browser lays out a turn that was out of view, and the page writes a new one, only in the next frames.
	await nextFrame();
	await nextFrame();
	if (element.classList.contains('sought')) {
		showWords(element, words, follower);
	}
}

/** Marks the words, and scrolls to the first one when it is there, unless the reader has scrolled. */
function showWords(element, words, follower) {
	let top = log.scrollTop;
	let isDue = false;
	const look = () => {
		isDue = false;
		const ranges = rangesIn(element, words);
		paint(ranges);
		if (ranges.length > 0 && top !== null) {
			if (Math.abs(log.scrollTop - top) <= 1) {
				goTo(ranges[0], element, follower);
			}
			top = null;
		}
	};
	onChange = () => {
		if (!isDue) {
			isDue = true;
			requestAnimationFrame(look);
		}
	};
	changes.observe(element, { childList: true, subtree: true });
	look();
}

function rangesIn(element, words) {
	const ranges = [];
	for (const text of textsIn(element)) {
		for (const { start, end } of placesOf(text.data, words)) {
			const range = new Range();
			range.setStart(text, start);
			range.setEnd(text, end);
			ranges.push(range);
		}
	}
	return ranges.slice(0, MAX_MARKS);
}

/** The texts of a turn that a reader sees and a search reads. A drawn formula holds its text twice. */
function* textsIn(element) {
	for (const part of element.querySelectorAll('.said, .prose')) {
		const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
		while (walker.nextNode()) {
			if (!walker.currentNode.parentElement.closest('.math, button')) {
				yield walker.currentNode;
			}
		}
	}
}

/** Marks without a change of the elements, which others write. */
function paint(ranges) {
	if (CSS.highlights) {
		CSS.highlights.set('sought', new Highlight(...ranges));
	}
}

/** Scrolls to a place in a turn, unless it is in view. */
function goTo(range, element, follower) {
	element.querySelector('.said[data-tall]:not([data-unfolded]) ~ .unfold')?.click();
	const view = log.getBoundingClientRect();
	const { top, bottom } = range.getBoundingClientRect();
	if (top < view.top || bottom > view.bottom) {
		follower.toPart({ scrollIntoView: () => (log.scrollTop += top - view.top - view.height / 4) });
	}
}

function nextFrame() {
	return new Promise(requestAnimationFrame);
}
