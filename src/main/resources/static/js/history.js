/**
 * The turns of a conversation, remembered in this browser so that a reload and a second tab show them.
 * Storage may be full or forbidden: then a conversation lasts as long as its page.
 */

const PREFIX = 'runnel.conversation.';
const INDEX = 'runnel.conversations';
const LIMIT = 20;

/** @returns {object[]} the turns, oldest first; none when nothing is known */
export function load(id) {
	return read(PREFIX + id) ?? [];
}

/** Keeps the turns, and of all conversations the newest few. */
export function save(id, turns) {
	const ids = [...(read(INDEX) ?? []).filter((other) => other !== id), id];
	while (ids.length > LIMIT) {
		localStorage.removeItem(PREFIX + ids.shift());
	}
	write(PREFIX + id, turns);
	write(INDEX, ids);
}

/** What was typed and not sent, for each conversation. */
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

/** A choice that outlasts the page, such as the model. */
export function preference(name) {
	return read(`runnel.${name}`);
}

export function savePreference(name, value) {
	write(`runnel.${name}`, value);
}

function draftKey(id) {
	return `runnel.draft.${id ?? 'new'}`;
}

function read(key) {
	try {
		return JSON.parse(localStorage.getItem(key));
	} catch {
		return null;
	}
}

function write(key, value) {
	try {
		localStorage.setItem(key, JSON.stringify(value));
	} catch {
		// Full or forbidden: the page works without it.
	}
}

function remove(key) {
	try {
		localStorage.removeItem(key);
	} catch {
		// As above.
	}
}
