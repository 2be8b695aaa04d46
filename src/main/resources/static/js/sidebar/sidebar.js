import { base } from '../base.js';
import * as api from '../stream/api.js';
import { Deletion } from './deletion.js';
import { prepareDrawer } from './drawer.js';
import { Entries } from './entries.js';
import { on, say } from '../lib/events.js';
import { showTitle } from '../lib/heading.js';
import { moveDraft } from '../composer/drafts.js';
import { load, withModule } from '../lib/lazy.js';
import { Listing } from './listing.js';
import { texts } from '../lib/texts.js';
import { listenToSearch } from './search.js';
import { prepareImport } from './upload.js';

/** When to look for the title of a new conversation. A model may need a moment to find one. */
const TITLE_AFTER_MS = [1500, 5000];

/** The side bar: the list of conversations and what can be done with them. */
export class Sidebar {

	#entries;
	#deletion = new Deletion((id, problem) => this.#deleted(id, problem));
	#menu;
	#current = document.querySelector('.page').dataset.id;
	#answering;
	#running = [];
	#background;
	#renaming = false;
	#isNew = false;
	#listing;
	#channel = new BroadcastChannel('runnel');
	#older = document.getElementById('older');
	#search = document.getElementById('search');
	#query = this.#search.defaultValue;
	#note = document.getElementById('sidebar-note');

	constructor() {
		this.#entries = new Entries(document.getElementById('entries'), this.#current, this.#query);
		this.#listing = new Listing(this.#query ? [] : this.#entries.list, this.#older.dataset.cursor ?? null);
		this.#listenToList();
		this.#listenToPage();
		prepareImport((text) => this.#tell(text), () => this.#refresh());
		prepareDrawer();
		if (this.#query) {
			this.#refresh();
		} else {
			this.#lookElsewhere();
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
		listenToSearch(this.#search, (query) => this.#find(query));
		this.#search.addEventListener('keydown', (event) => event.key === 'ArrowDown' && this.#entries.enter(event));
	}

	#listenToPage() {
		on('begun', ({ id }) => this.#begun(id));
		on('answering', ({ id }) => this.#setAnswering(id));
		on('answered', () => this.#answered());
		document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.#refresh());
		this.#channel.onmessage = () => this.#refresh();
	}

	#openMenu(button) {
		const { id } = button.closest('.entry').dataset;
		return withModule('sidebar/menu.js', ({ Menu }) => {
			this.#menu ??= new Menu(document.getElementById('entry-menu'), this.#actions());
			this.#menu.open(button, id, { pin: this.#entries.find(id)?.pinned ? texts.unpin : texts.pin });
		});
	}

	/** The actions of the menu. They do nothing if the entry is not listed any more. */
	#actions() {
		const ifListed = (act) => (id) => this.#entries.itemOf(id) && act(id);
		return {
			rename: ifListed((id) => this.#rename(id)),
			pin: ifListed((id) => this.#change(id, { pinned: !this.#entries.find(id).pinned })),
			delete: ifListed((id) => this.#deletion.begin(id, this.#entries.itemOf(id))),
		};
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

	#setAnswering(id) {
		this.#deletion.takeBack(id);
		this.#markAnswering(id, this.#running);
	}

	/** Finds the running answers of other conversations, and reads them in the background. */
	async #lookElsewhere() {
		const streams = await api.streams().catch(() => null);
		const running = streams?.filter(({ state, conversationId }) => state === 'running' && conversationId !== this.#current);
		if (running) {
			this.#markAnswering(this.#answering, running.map(({ conversationId }) => conversationId));
		}
		if (running?.length > 0) {
			const { BackgroundReaders } = await load('stream/background-readers.js');
			this.#background ??= new BackgroundReaders(() => this.#refresh());
			this.#background.keepUp(running);
		}
	}

	/** Marks the conversation on the page and others that have a running answer. */
	#markAnswering(answering, running) {
		this.#answering = answering;
		this.#running = running;
		this.#entries.setAnswering(new Set([...running, answering]));
	}

	/** Reads the newest part of the list again. */
	async #refresh() {
		this.#lookElsewhere();
		try {
			await this.#listing.refresh();
			this.#showListing();
		} catch {
			// The list stays as it is until the next refresh. The conversation reports the errors that matter.
		}
	}

	#showListing() {
		const { conversations, cursor } = this.#listing;
		if (!this.#query && !this.#renaming) {
			this.#show(conversations);
		}
		this.#older.hidden = !cursor || Boolean(this.#query);
		showTitle(conversations.find(({ id }) => id === this.#current)?.title);
	}

	#show(list) {
		this.#entries.show(list, this.#query);
		this.#deletion.follow((id) => this.#entries.itemOf(id));
		const empty = document.getElementById('no-entries');
		empty.hidden = list.length > 0;
		empty.textContent = this.#query ? texts.nothing : empty.textContent;
	}

	async #showOlder() {
		if (!this.#listing.cursor || this.#older.disabled) {
			return;
		}
		this.#older.disabled = true;
		try {
			await this.#listing.readOlder();
			this.#showListing();
			this.#entries.arrange();
		} catch (problem) {
			this.#tell(problem.message);
		} finally {
			this.#older.disabled = false;
		}
	}

	/** Searches. A result that arrives after the query has changed is not shown. */
	async #find(query) {
		this.#query = query;
		if (!query) {
			this.#tell('');
			this.#showListing();
			return;
		}
		this.#older.hidden = true;
		try {
			const found = await this.#listing.find(query);
			if (this.#query === query) {
				this.#note.hidden = true;
				this.#show(found);
				say(found.length > 0 ? texts.found(found.length) : texts.nothing);
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
		} else {
			this.#showListing();
		}
	}

	async #change(id, changes, said) {
		try {
			const changed = await api.change(id, changes);
			this.#replace((list) => list.map((one) => (one.id === id ? { ...one, ...changed } : one)));
			this.#entries.arrange();
			this.#channel.postMessage({});
			say(said);
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
		this.#listing.conversations = change(this.#listing.conversations);
		this.#showListing();
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
