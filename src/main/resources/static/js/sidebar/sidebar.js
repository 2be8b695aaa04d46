import { base } from '../base.js';
import * as api from '../stream/api.js';
import { rememberZone } from '../lib/clock.js';
import { Deletion } from './deletion.js';
import { show } from '../dialogs/dialog.js';
import { BackgroundReaders } from '../stream/background-readers.js';
import { Entries } from './entries.js';
import { showTitle } from '../lib/heading.js';
import { moveDraft } from '../composer/history.js';
import { withModule } from '../lib/lazy.js';
import { Menu } from './menu.js';
import { texts } from '../lib/texts.js';
import { prepareImport } from './upload.js';

const SEARCH_AFTER_MS = 200;
const PAGE_SIZE = 30;
const MAX_PAGE_SIZE = 100;

/** When to look for the title of a new conversation. A model may need a moment to find one. */
const TITLE_AFTER_MS = [1500, 5000];

/** The side bar: the list of conversations and what can be done with them. */
class Sidebar {

	#entries;
	#deletion = new Deletion((id, problem) => this.#deleted(id, problem));
	#menu;
	#current = document.querySelector('.page').dataset.id;
	#answering;
	#running = [];
	#background = new BackgroundReaders((ids) => this.#setRunning(ids), () => this.#refresh());
	#searching = 0;
	#renaming = false;
	#isNew = false;
	#listed;
	#channel = new BroadcastChannel('runnel');
	#older = document.getElementById('older');
	#search = document.getElementById('search');
	#query = this.#search.defaultValue;
	#note = document.getElementById('sidebar-note');

	constructor() {
		this.#entries = new Entries(document.getElementById('entries'), this.#current, this.#query);
		this.#listed = this.#query ? [] : this.#entries.list;
		const ifListed = (act) => (id) => this.#entries.itemOf(id) && act(id);
		this.#menu = new Menu(document.getElementById('entry-menu'), {
			rename: ifListed((id) => this.#rename(id)),
			pin: ifListed((id) => this.#pin(id)),
			delete: ifListed((id) => this.#deletion.begin(id, this.#entries.itemOf(id))),
		});
		this.#listenToList();
		this.#listenToPage();
		prepareImport((text) => this.#tell(text), () => this.#refresh());
		prepareDrawer();
		if (this.#query) {
			this.#refresh();
		} else {
			this.#background.look(this.#current);
		}
	}

	#listenToList() {
		document.getElementById('entries').addEventListener('click', ({ target }) => {
			const button = target.closest('.entry-more');
			if (button) {
				this.#openMenu(button);
			}
		});
		this.#older.addEventListener('click', () => this.#showOlder());
		new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && this.#showOlder()).observe(this.#older);
		this.#search.addEventListener('input', () => {
			clearTimeout(this.#searching);
			this.#searching = setTimeout(() => this.#find(this.#search.value.trim()), SEARCH_AFTER_MS);
		});
		this.#search.form.addEventListener('submit', (event) => {
			event.preventDefault();
			this.#find(this.#search.value.trim());
		});
		this.#search.addEventListener('keydown', (event) => event.key === 'ArrowDown' && this.#entries.enter(event));
	}

	#listenToPage() {
		addEventListener('runnel-begun', ({ detail }) => this.#begun(detail.id));
		addEventListener('runnel-answering', ({ detail }) => this.#setAnswering(detail.id));
		addEventListener('runnel-answered', () => this.#answered());
		document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.#refresh());
		this.#channel.onmessage = () => this.#refresh();
		addEventListener('keydown', (event) => event.key === 'F6' && toComposerOrBack(event));
	}

	#openMenu(button) {
		const { id } = button.closest('.entry').dataset;
		this.#menu.open(button, id, { pin: this.#entries.find(id)?.pinned ? texts.unpin : texts.pin });
	}

	#begun(id) {
		this.#isNew = true;
		this.#current = id;
		this.#entries.setCurrent(id);
		this.#refresh();
	}

	#answered() {
		this.#refresh();
		if (this.#isNew) {
			this.#isNew = false;
			TITLE_AFTER_MS.forEach((after) => setTimeout(() => this.#refresh(), after));
		}
	}

	#setRunning(ids) {
		this.#running = ids;
		this.#markAnswering();
	}

	#setAnswering(id) {
		this.#deletion.takeBack(id);
		this.#answering = id;
		this.#markAnswering();
	}

	#markAnswering() {
		this.#entries.setAnswering(new Set([...this.#running, this.#answering]));
	}

	/** Reads the newest part of the list again. Older entries that are shown stay. */
	async #refresh() {
		this.#background.look(this.#current);
		try {
			const [pinned, others] = await Promise.all([
				api.conversations({ pinned: true, limit: MAX_PAGE_SIZE }),
				api.conversations({ pinned: false, limit: this.#pageSize }),
			]);
			this.#list(joined([...pinned.conversations, ...others.conversations], this.#listed, others));
			this.#setOlder(this.#older.dataset.cursor ?? others.nextCursor);
		} catch {
			// The list stays as it is until the next refresh. The conversation reports the errors that matter.
		}
	}

	get #pageSize() {
		return Math.min(MAX_PAGE_SIZE, Math.max(PAGE_SIZE, this.#listed.length));
	}

	#list(list) {
		this.#listed = list;
		if (!this.#query && !this.#renaming) {
			this.#show(list);
		}
		showTitle(list.find(({ id }) => id === this.#current)?.title);
	}

	#show(list) {
		this.#entries.show(list, this.#query);
		this.#deletion.follow((id) => this.#entries.itemOf(id));
		const empty = document.getElementById('no-entries');
		empty.hidden = list.length > 0;
		if (this.#query) {
			empty.textContent = texts.nothing;
		}
	}

	async #showOlder() {
		const { cursor } = this.#older.dataset;
		if (!cursor || this.#older.disabled) {
			return;
		}
		this.#older.disabled = true;
		try {
			const { conversations, nextCursor } = await api.conversations({ cursor, pinned: false, limit: PAGE_SIZE });
			this.#setOlder(nextCursor);
			this.#list(joined(this.#listed, conversations));
			this.#entries.arrange();
		} catch (problem) {
			this.#tell(problem.message);
		} finally {
			this.#older.disabled = false;
		}
	}

	#setOlder(cursor) {
		if (cursor) {
			this.#older.dataset.cursor = cursor;
		} else {
			delete this.#older.dataset.cursor;
		}
		this.#older.hidden = !cursor || Boolean(this.#query);
	}

	/** Searches. A result that arrives after the query has changed is not shown. */
	async #find(query) {
		this.#query = query;
		this.#older.hidden = Boolean(query) || !this.#older.dataset.cursor;
		if (!query) {
			this.#tell('');
			this.#show(this.#listed);
			return;
		}
		try {
			const { conversations } = await api.conversations({ query, limit: PAGE_SIZE });
			if (this.#query === query) {
				this.#note.hidden = true;
				this.#show(conversations);
				say(conversations.length > 0 ? texts.found(conversations.length) : texts.nothing);
			}
		} catch (problem) {
			this.#tell(problem.message);
		}
	}

	async #rename(id) {
		this.#renaming = true;
		const title = await withModule('sidebar/rename.js', ({ rename }) => rename(this.#entries.itemOf(id)));
		this.#renaming = false;
		if (title) {
			await this.#change(id, { title }, texts.renamed);
		} else if (this.#listed) {
			this.#list(this.#listed);
		}
	}

	#pin(id) {
		return this.#change(id, { pinned: !this.#entries.find(id).pinned });
	}

	async #change(id, changes, said) {
		try {
			const changed = await api.change(id, changes);
			this.#replace((list) => list.map((one) => (one.id === id ? { ...one, ...changed } : one)));
			this.#entries.arrange();
			this.#channel.postMessage({});
			say(said ?? '');
		} catch (problem) {
			this.#tell(problem.message);
		}
	}

	#deleted(id, problem) {
		if (problem && problem.status !== 404) {
			this.#tell(problem.message);
			return;
		}
		this.#replace((list) => list.filter((one) => one.id !== id));
		this.#channel.postMessage({});
		if (id === this.#current) {
			moveDraft(id, undefined);
			location.assign(`${base}/ai-demo`);
		}
	}

	/** Applies a change to the list and to the found entries. */
	#replace(change) {
		const found = change(this.#entries.list);
		this.#list(change(this.#listed));
		if (this.#query) {
			this.#show(found);
		}
	}

	#tell(text) {
		this.#note.textContent = text;
		this.#note.hidden = !text;
		say(text);
	}

}

export function startSidebar() {
	rememberZone();
	new Sidebar();
}

/**
 * Joins two lists. An entry in both is taken from the first. With `page`, the newest page from the server, entries only
 * in the second are kept if they are older than that page.
 */
function joined(first, second, page) {
	const known = new Set(first.map(({ id }) => id));
	const end = page ? page.conversations.at(-1)?.updatedAt : null;
	const isBeyond = ({ updatedAt }) => !page || (page.nextCursor && updatedAt < end);
	return [...first, ...second.filter((one) => !known.has(one.id) && isBeyond(one))];
}

function say(text) {
	if (text) {
		dispatchEvent(new CustomEvent('runnel-say', { detail: text }));
	}
}

/** On a narrow screen the side bar is moved into a dialog while it is open. */
function prepareDrawer() {
	const sidebar = document.getElementById('sidebar');
	const drawer = document.getElementById('drawer');
	document.getElementById('open-sidebar').addEventListener('click', async () => {
		drawer.append(sidebar);
		await show(drawer);
		document.getElementById('shelf').append(sidebar);
	});
	document.getElementById('close-sidebar').addEventListener('click', () => drawer.close());
	matchMedia('(width > 60rem)').addEventListener('change', () => drawer.close());
}

function toComposerOrBack(event) {
	const box = document.getElementById('message');
	event.preventDefault();
	if (document.activeElement === box) {
		document.querySelector('.entry-link[tabindex="0"]')?.focus();
	} else {
		box.focus();
	}
}
