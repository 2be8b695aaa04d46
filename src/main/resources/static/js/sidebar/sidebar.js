import { base } from '../base.js';
import { AnswersElsewhere } from './answers-elsewhere.js';
import * as api from '../stream/api.js';
import { prepareDrawer } from './drawer.js';
import { handOver, takeOver } from './hand-over.js';
import { keepListScroll } from './list-scroll.js';
import { on } from '../lib/events.js';
import { moveDraft } from '../composer/drafts.js';
import { openPreferences } from '../composer/commands.js';
import { showTitle } from '../lib/heading.js';
import { withModule } from '../lib/lazy.js';
import { preference } from '../lib/preferences.js';
import { texts } from '../lib/texts.js';
import { endSearch, listenToSearch } from './search.js';
import { ShownList } from './shown-list.js';

/** When to look for the title of a new conversation. A model may need a moment to find one. */
const TITLE_AFTER_MS = [1500, 5000];

/** The side bar: the list of conversations and what can be done with them. */
export class Sidebar {

	#list;
	#elsewhere;
	#deletion = null;
	#menu;
	#current = document.querySelector('.page').dataset.id;
	#isNew = false;
	#channel = new BroadcastChannel('runnel');
	#note = document.getElementById('sidebar-note');

	constructor() {
		const search = document.getElementById('search');
		const query = search.defaultValue;
		this.#list = new ShownList(this.#current, query, () => this.#followEntries(), (text) => this.#tell(text));
		this.#elsewhere = new AnswersElsewhere(this.#current, (ids) => this.#list.entries.setAnswering(ids), () => this.#refresh());
		this.#listenToList(search);
		this.#listenToPage();
		prepareDrawer();
		keepListScroll();
		this.#goOnDeleting(takeOver());
		if (query) {
			this.#refresh();
		} else {
			this.#elsewhere.look();
		}
	}

	#listenToList(search) {
		document.getElementById('entries').addEventListener('click', ({ target }) => {
			const button = target.closest('.entry-more');
			if (button) {
				this.#openMenu(button);
			}
		});
		document.getElementById('entries').addEventListener('keydown', (event) => this.#press(event));
		const title = document.getElementById('title-menu');
		title.addEventListener('click', () => this.#openMenu(title));
		title.addEventListener('dblclick', () => this.#rename(this.#current, title));
		document.getElementById('open-preferences').addEventListener('click', openPreferences);
		document.getElementById('import-file').addEventListener('change', ({ target }) => this.#import([...target.files]));
		listenToSearch(search, (query) => this.#list.find(query), () => document.querySelector('#entries .entry-link')?.click());
		search.addEventListener('keydown', (event) => event.key === 'ArrowDown' && this.#list.entries.enter(event));
	}

	#listenToPage() {
		on('begun', ({ id }) => this.#begun(id));
		on('answering', ({ id }) => this.#elsewhere.setAnswering(id));
		on('answered', () => this.#answered());
		document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.#refresh());
		this.#channel.onmessage = () => this.#refresh();
	}

	/** Opens the menu of an entry, or of the open conversation by its title. */
	#openMenu(button) {
		const id = button.closest('.entry')?.dataset.id ?? this.#current;
		return withModule('sidebar/menu.js', ({ Menu }) => {
			this.#menu ??= new Menu(document.getElementById('entry-menu'), this.#actions());
			this.#menu.open(button, id, { pin: this.#list.entries.find(id)?.pinned ? texts.unpin : texts.pin });
		});
	}

	/** Keys on an entry do what its menu does. P is a single key, which the reader may have turned off. */
	#press(event) {
		const item = event.target.closest('.entry-link')?.closest('.entry');
		const isOther = event.ctrlKey || event.metaKey || event.altKey || event.repeat;
		const action = { f2: 'rename', delete: 'delete', p: preference('keys') && 'pin' }[event.key.toLowerCase()];
		if (item && action && !isOther) {
			event.preventDefault();
			this.#actions()[action](item.dataset.id, item.querySelector('.entry-more'));
		}
	}

	/** The actions of the menu. Those of an entry do nothing if it is not listed any more. */
	#actions() {
		const { entries } = this.#list;
		const ifThere = (act) => (id, button) => (entries.itemOf(id) || !button.closest('.entry')) && act(id, button);
		return {
			rename: ifThere((id, button) => this.#rename(id, button)),
			pin: ifThere((id) => this.#change(id, { pinned: !entries.find(id)?.pinned })),
			delete: ifThere((id) => this.#delete(id)),
		};
	}

	/** Deletes a conversation. The open one is deleted from a new chat, where that can be undone. */
	#delete(id) {
		const isOpen = id === this.#current;
		if (isOpen && handOver(id, document.getElementById('title').textContent)) {
			leave(id, undefined);
		} else {
			this.#withDeletion((deletion) => deletion.begin(id, this.#list.entries.itemOf(id)));
		}
	}

	#goOnDeleting(left) {
		if (left) {
			this.#withDeletion((deletion) => deletion.goOn(left, this.#list.entries.itemOf(left.id)));
		}
	}

	#withDeletion(use) {
		return withModule('sidebar/deletion.js', ({ Deletion }) => {
			this.#deletion ??= new Deletion((id, problem) => this.#deleted(id, problem), (id) => leave(undefined, id));
			use(this.#deletion);
		});
	}

	#begun(id) {
		this.#isNew = true;
		this.#current = id;
		this.#elsewhere.current = id;
		this.#list.setCurrent(id);
		this.#refresh();
	}

	#answered() {
		this.#refresh();
		if (this.#isNew) {
			this.#isNew = false;
			TITLE_AFTER_MS.forEach((after) => setTimeout(() => this.#refresh(), after));
		}
	}

	/** Reads the list and the running answers again. */
	#refresh() {
		this.#elsewhere.look();
		// The conversation reports the errors that matter.
		this.#list.refresh().catch(() => {});
	}

	#followEntries() {
		this.#deletion?.follow((id) => this.#list.entries.itemOf(id));
	}

	/** Lets the reader change the title where it stands: in the list, or above the conversation. */
	async #rename(id, button) {
		this.#list.held = true;
		const shown = button.closest('.entry') ? this.#list.entries.itemOf(id).querySelector('.entry-link') : button;
		const title = await withModule('sidebar/rename.js', ({ rename }) => rename(shown));
		this.#list.held = false;
		if (title) {
			await this.#change(id, { title });
		} else {
			this.#list.show();
		}
	}

	async #change(id, changes) {
		try {
			const changed = await api.change(id, changes);
			this.#list.replace((list) => list.map((one) => (one.id === id ? { ...one, ...changed } : one)));
			this.#list.entries.arrange();
			if (id === this.#current) {
				showTitle(changed.title);
			}
			this.#channel.postMessage({ id });
		} catch (problem) {
			this.#tell(problem.message);
		}
	}

	/** Imports conversations from files, and shows the results and all conversations. */
	async #import(files) {
		const tell = (text) => this.#tell(text);
		const results = await withModule('sidebar/transfer.js', ({ importConversations }) => importConversations(files, tell));
		endSearch();
		tell(results);
		this.#refresh();
	}

	#deleted(id, problem) {
		if (problem && problem.status !== 404) {
			this.#tell(problem.message);
			return;
		}
		this.#list.replace((list) => list.filter((one) => one.id !== id));
		this.#channel.postMessage({});
	}

	#tell(text) {
		this.#note.textContent = text;
		this.#note.hidden = !text;
	}

}

/** Opens a conversation, or a new chat if `to` is undefined, and takes along what was being written. */
function leave(from, to) {
	moveDraft(from, to);
	location.assign(`${base}/ai-demo${to ? `/c/${to}` : ''}`);
}
