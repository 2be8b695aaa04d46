/**
 * What was typed and not sent, for each conversation, and what was set for one that has not begun. Conversations
 * themselves are the server's. A new chat is its tab's own: two tabs may each have one. Storage may be full or
 * forbidden: then these last as long as the page.
 */

const NEW_SETTINGS = 'runnel.settings.new';
const NEW_DRAFT = 'runnel.draft.new';

export function draft(id) {
	return read(draftKey(id)) ?? '';
}

export function saveDraft(id, text) {
	if (text) {
		write(draftKey(id), text);
	} else {
		remove(draftKey(id));
	}
}

/** What is written already is not given up with the conversation that it was written for. */
export function moveDraft(from, to) {
	const text = both(draft(to), draft(from));
	saveDraft(from, '');
	saveDraft(to, text);
}

/** Two drafts as one. */
export function both(one, other) {
	return [one, other].filter(Boolean).join('\n\n');
}

/** How the questions of a conversation are to be asked that has not begun. */
export function newSettings() {
	return read(NEW_SETTINGS) ?? {};
}

/** @param {object|null} settings null when they belong to a conversation */
export function saveNewSettings(settings) {
	if (settings) {
		write(NEW_SETTINGS, settings);
	} else {
		remove(NEW_SETTINGS);
	}
}

function draftKey(id) {
	return id ? `runnel.draft.${id}` : NEW_DRAFT;
}

function storageOf(key) {
	return [NEW_SETTINGS, NEW_DRAFT].includes(key) ? sessionStorage : localStorage;
}

function read(key) {
	try {
		return JSON.parse(storageOf(key).getItem(key));
	} catch {
		return null;
	}
}

function write(key, value) {
	try {
		storageOf(key).setItem(key, JSON.stringify(value));
	} catch {
		// Full or forbidden: the page works without it.
	}
}

function remove(key) {
	try {
		storageOf(key).removeItem(key);
	} catch {
		// As above.
	}
}
