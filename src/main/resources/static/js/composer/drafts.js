/**
 * The stored drafts of each conversation, and the settings of a new chat. The server stores the conversations themselves.
 * A new chat belongs to its tab, so two tabs may each have one. If storage is full or forbidden, drafts and settings last
 * only as long as the page.
 */

const NEW_SETTINGS = 'runnel.settings.new';
const NEW_DRAFT = 'runnel.draft.new';

export function savedDraft(id) {
	return read(draftKey(id)) ?? '';
}

export function saveDraft(id, text) {
	if (text) {
		write(draftKey(id), text);
	} else {
		remove(draftKey(id));
	}
}

/** Moves a draft to another conversation and joins it to the draft there, so that typed text is not lost. */
export function moveDraft(from, to) {
	const text = joinDrafts(savedDraft(to), savedDraft(from));
	saveDraft(from, '');
	saveDraft(to, text);
}

/** Joins two drafts into one. */
export function joinDrafts(one, other) {
	return [one, other].filter(Boolean).join('\n\n');
}

/** The settings of a new chat. */
export function newSettings() {
	return read(NEW_SETTINGS) ?? {};
}

/** @param {object|null} settings null once they belong to a conversation */
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
