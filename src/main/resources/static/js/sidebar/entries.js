import { base } from '../base.js';
import { stepped } from '../lib/keys.js';
import { conversationIn, fillSnippet, nameButton, showFoundDay } from './entry.js';
import { groupsOf, sectionOf } from './groups.js';

/**
 * The conversations in the side bar. Entries rendered by the server are adopted. The list is one stop of the Tab key, and
 * arrow keys move within it. Nothing moves under the pointer: a new order is applied after the pointer has left the list.
 */
export class Entries {

	#container;
	#current;
	#items = new Map();
	#list = [];
	#answering = new Set();
	#query;
	#isLate = false;

	/**
	 * @param {HTMLElement} container the element that holds the groups of entries and nothing else
	 * @param {string} query the search that found the entries; empty for the plain list
	 */
	constructor(container, current, query) {
		this.#container = container;
		this.#current = current;
		this.#query = query;
		for (const item of container.querySelectorAll('.entry')) {
			this.#items.set(item.dataset.id, item);
			this.#list.push(conversationIn(item));
			nameButton(item);
		}
		container.addEventListener('pointerleave', () => this.#isLate && this.#arrange());
		container.addEventListener('keydown', (event) => this.#step(event));
		container.addEventListener('focusin', ({ target }) => this.#rove(target.closest('.entry')));
		this.#rove();
	}

	get list() {
		return this.#list;
	}

	find(id) {
		return this.#list.find((one) => one.id === id);
	}

	itemOf(id) {
		return this.#items.get(id);
	}

	/**
	 * @param {string} query the search that found the list, which is then shown in its own order without groups; empty
	 * for the plain list
	 */
	show(list, query) {
		const isOther = query !== this.#query;
		this.#list = list;
		this.#query = query;
		list.forEach((conversation) => this.#fill(conversation));
		this.#arrange(isOther || !this.#container.matches(':hover'));
	}

	/** Moves the focus by an arrow key, from an entry's link, or from a field above the list if `from` is absent. */
	enter(event, from) {
		const links = [...this.#container.querySelectorAll('.entry-link')].filter((link) => link.checkVisibility());
		const next = stepped(event, links, from);
		if (next) {
			event.preventDefault();
			next.focus();
		}
	}

	/** Applies the order at once, even under the pointer, because the reader asked for the change. */
	arrange() {
		this.#arrange();
	}

	setCurrent(id) {
		this.#current = id;
		this.#items.forEach((item) => this.#markCurrent(item));
	}

	/** @param {Set<string>} ids the conversations with a running answer */
	setAnswering(ids) {
		this.#answering = ids;
		this.#items.forEach((item) => this.#markAnswering(item));
	}

	#arrange(mayMove = true) {
		this.#isLate = !mayMove;
		if (!mayMove) {
			return;
		}
		const focused = document.activeElement;
		this.#container.replaceChildren(...groupsOf(this.#list, Boolean(this.#query)).map((group) => sectionOf(group, this.#items)));
		this.#forget();
		this.#rove(focused.closest?.('.entry'));
		if (this.#container.contains(focused)) {
			focused.focus();
		}
	}

	#fill(conversation) {
		const { id, title, pinned, updatedAt, snippet, messageId } = conversation;
		const item = this.#items.get(id) ?? document.getElementById('entry').content.firstElementChild.cloneNode(true);
		this.#items.set(id, item);
		Object.assign(item.dataset, { id, pinned, updated: updatedAt });
		item.querySelector('.entry-title').textContent = title;
		Object.assign(item.querySelector('.entry-link'), { href: this.#addressOf(id, messageId), title });
		fillSnippet(item.querySelector('.snippet'), snippet ?? []);
		showFoundDay(item.querySelector('.entry-time'), updatedAt, Boolean(snippet?.length));
		nameButton(item);
		this.#markCurrent(item);
		this.#markAnswering(item);
	}

	/**
	 * The address keeps the search, so that the list still shows the hits when the entry is open. A message of the open
	 * conversation is another place on the same page.
	 */
	#addressOf(id, messageId) {
		const found = this.#query ? `?${new URLSearchParams({ query: this.#query })}` : '';
		const search = id === this.#current && messageId ? location.search : found;
		return `${base}/ai-demo/c/${id}${search}${messageId ? `#m-${messageId}` : ''}`;
	}

	#markAnswering(item) {
		item.querySelector('.answering').hidden = !this.#answering.has(item.dataset.id);
	}

	#markCurrent(item) {
		const link = item.querySelector('.entry-link');
		if (item.dataset.id === this.#current) {
			link.setAttribute('aria-current', 'page');
		} else {
			link.removeAttribute('aria-current');
		}
	}

	/** Forgets the elements of entries that are no longer listed. */
	#forget() {
		const listed = new Set(this.#list.map(({ id }) => id));
		[...this.#items.keys()].filter((id) => !listed.has(id)).forEach((id) => this.#items.delete(id));
	}

	/** Makes one entry reachable by the Tab key. */
	#rove(active) {
		const items = [...this.#container.querySelectorAll('.entry')];
		const chosen = items.includes(active) ? active : (this.#items.get(this.#current) ?? items[0]);
		for (const item of items) {
			item.querySelectorAll('a, button, input').forEach((part) => (part.tabIndex = item === chosen ? 0 : -1));
		}
	}

	#step(event) {
		if (event.target.localName !== 'input') {
			this.enter(event, event.target.closest('.entry').querySelector('.entry-link'));
		}
	}

}
