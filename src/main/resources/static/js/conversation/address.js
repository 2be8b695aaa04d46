import { base } from '../base.js';
import { joinDrafts, moveDraft, newSettings } from '../composer/drafts.js';
import { announce } from '../lib/events.js';
import { preference } from '../lib/preferences.js';

/** @returns {string|undefined} the id of the conversation that the address of the page names */
function idInPath() {
	return /\/c\/([0-9a-f-]{36})$/i.exec(location.pathname)?.[1];
}

/**
 * The facts about the conversation of the page. An existing conversation has its own model. A new one starts with its saved
 * settings and the model chosen last.
 */
export function knownOfConversation() {
	const id = idInPath();
	const { model } = document.querySelector('.page').dataset;
	const settings = id ? { model } : (newSettings() ?? firstSettings());
	return { id, settings: { ...settings, model: settings.model || null } };
}

/** The settings of a chat for which none were chosen: the preset and the instructions for new chats, and the last model. */
function firstSettings() {
	const { settings } = preference('preset') ?? {};
	const system = joinDrafts(preference('instructions'), settings?.system);
	return { ...settings, model: settings?.model ?? preference('model'), ...(system ? { system } : {}) };
}

/** Gives the page the address of its conversation when the id is known, and moves the draft of the new chat there. */
export function showAddress({ id, temporary }) {
	if (id && id !== idInPath() && !temporary) {
		moveDraft(undefined, id);
		history.replaceState(null, '', `${base}/ai-demo/c/${id}`);
		announce('begun', { id });
	}
}
