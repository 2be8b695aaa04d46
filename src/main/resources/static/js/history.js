/**
 * What this browser remembers: what was typed and not sent, and the reader's choices. Conversations are the
 * server's. Storage may be full or forbidden: then this lasts as long as the page.
 */

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
