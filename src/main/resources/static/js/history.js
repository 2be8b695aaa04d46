/**
 * What was typed and not sent, for each conversation. Conversations themselves are the server's. Storage may be
 * full or forbidden: then a draft lasts as long as the page.
 */

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
