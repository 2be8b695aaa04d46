import { joinDrafts } from './drafts.js';
import { preference } from '../lib/preferences.js';
import { call } from '../stream/api.js';

/** The settings of a chat that has none beside its model, its reasoning effort and its search of the web. */
export const NONE = { system: null, temperature: null, topP: null, maxTokens: null };

/** @returns {Promise<string>} the name of the preset that gives these settings; empty if there is none */
export async function presetOf(settings) {
	const response = await call('/api/presets', { cache: 'no-store' });
	const known = [preference('preset'), ...(await response.json())].filter(Boolean);
	return known.find((preset) => gives(preset.settings, settings))?.name ?? '';
}

/** The system prompt of a new chat begins with the instructions for all of them. */
function gives(preset, settings) {
	const system = joinDrafts(preference('instructions'), preset.system) || null;
	return Object.keys(NONE).every((name) => isSame(preset[name], settings[name])
		|| (name === 'system' && isSame(system, settings.system)));
}

function isSame(one, other) {
	return (one ?? null) === (other ?? null);
}
