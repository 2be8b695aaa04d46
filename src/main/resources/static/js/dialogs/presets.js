import { call, withJson } from '../stream/api.js';

/** The reader's presets: settings with a name. */

export async function presets() {
	return (await call('/api/presets', { cache: 'no-store' })).json();
}

export async function addPreset(preset) {
	return (await call('/api/presets', withJson('POST', preset))).json();
}

export function removePreset(id) {
	return call(`/api/presets/${encodeURIComponent(id)}`, { method: 'DELETE' });
}
