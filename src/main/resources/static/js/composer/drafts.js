import { read, remove, write } from '../lib/storage.js';

/**
 * The stored drafts of each conversation with their files, and the settings of a new chat. The server stores the
 * conversations themselves, and the content of the files.
 * A new chat belongs to its tab, so two tabs may each have one. A message that waits for the end of an answer belongs to
 * its tab too. If storage is full or forbidden, drafts and settings last only as long as the page.
 */

const NEW_SETTINGS = 'runnel.settings.new';
const NEW_DRAFT = 'runnel.draft.new';
const QUEUED = 'runnel.queued.';
const FILES = 'runnel.files.';
const NEW_FILES = 'runnel.files.new';

export function savedDraft(id) {
	return textAt(draftKey(id));
}

/** @returns {object[]} the files that were uploaded for the next question */
export function savedFiles(id) {
	return filesAt(filesKey(id));
}

export function saveDraft(id, text, files) {
	save(draftKey(id), text);
	save(filesKey(id), files);
}

/** @returns {[string, object[]]} the message that waits for the end of an answer, and its files */
export function savedMessage(id) {
	return [textAt(queueKey(id)), filesAt(queuedFilesKey(id))];
}

export function saveMessage(id, text, files) {
	save(queueKey(id), text);
	save(queuedFilesKey(id), files);
}

/** Moves the texts and files of a conversation to another one and joins them to those there, so that nothing is lost. */
export function moveDraft(from, to) {
	for (const keyOf of [draftKey, queueKey]) {
		save(keyOf(to), joinDrafts(textAt(keyOf(to)), textAt(keyOf(from))));
		save(keyOf(from), '');
	}
	for (const keyOf of [filesKey, queuedFilesKey]) {
		save(keyOf(to), [...filesAt(keyOf(to)), ...filesAt(keyOf(from))]);
		save(keyOf(from), []);
	}
}

/** Joins two drafts into one. */
export function joinDrafts(one, other) {
	return [one, other].filter(Boolean).join('\n\n');
}

/** @returns {object|null} the settings that were chosen for a new chat; null if none were */
export function newSettings() {
	return read('sessionStorage', NEW_SETTINGS);
}

/** @param {object|null} settings null once they belong to a conversation */
export function saveNewSettings(settings) {
	if (settings) {
		write('sessionStorage', NEW_SETTINGS, settings);
	} else {
		remove('sessionStorage', NEW_SETTINGS);
	}
}

function draftKey(id) {
	return id ? `runnel.draft.${id}` : NEW_DRAFT;
}

function filesKey(id) {
	return id ? FILES + id : NEW_FILES;
}

function queueKey(id) {
	return QUEUED + (id ?? 'new');
}

function queuedFilesKey(id) {
	return queueKey(`files.${id}`);
}

function storageOf(key) {
	return [NEW_DRAFT, NEW_FILES].includes(key) || key.startsWith(QUEUED) ? 'sessionStorage' : 'localStorage';
}

function textAt(key) {
	return read(storageOf(key), key) ?? '';
}

function filesAt(key) {
	return read(storageOf(key), key) ?? [];
}

/** Stores a text or files; without any, stores nothing. */
function save(key, value) {
	if (value.length > 0) {
		write(storageOf(key), key, value);
	} else {
		remove(storageOf(key), key);
	}
}
