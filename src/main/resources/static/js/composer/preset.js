import { joinDrafts } from './drafts.js';
import { preference } from '../lib/preferences.js';
import { call } from '../stream/api.js';

/** The settings of a chat that has none beside its model, its reasoning effort and its search of the web. */
export const NONE = { system: null, temperature: null, topP: null, maxTokens: null };

/** @returns {Promise<object[]>} the presets of the reader */
export async function presets() {
	return (await call('/api/presets', { cache: 'no-store' })).json();
}

/** @returns {Promise<string>} the name of the preset that gives these settings; empty if there is none */
export async function presetOf(settings) {
	const known = [preference('preset'), ...(await presets())].filter(Boolean);
	const giving = known.filter((preset) => gives(preset.settings, settings));
	return (giving.find((preset) => givesTheRest(preset.settings, settings)) ?? giving[0])?.name ?? '';
}

/**
 * A preset that sets none of them gives nothing. The system prompt of a new chat begins with the instructions for all new chats.
 */
function gives(preset, settings) {
	const names = Object.keys(NONE);
	const system = joinDrafts(preference('instructions'), preset.system) || null;
	return names.some((name) => !isSame(preset[name], null)) && names.every((name) => isSame(preset[name], settings[name])
		|| (name === 'system' && isSame(system, settings.system)));
}

function givesTheRest(preset, settings) {
	return ['model', 'reasoningEffort', 'webSearch']
		.every((name) => isSame(preset[name], null) || isSame(preset[name], settings[name]));
}

function isSame(one, other) {
	return (one ?? null) === (other ?? null);
}
