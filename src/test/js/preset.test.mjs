import assert from 'node:assert/strict';
import { test } from 'node:test';

import { prefer } from '../../main/resources/static/js/lib/preferences.js';
import { presetOf } from '../../main/resources/static/js/composer/preset.js';

globalThis.dispatchEvent ??= () => true;
globalThis.CustomEvent ??= class extends Event {};

function known(...presets) {
	globalThis.fetch = async () => new Response(JSON.stringify(presets));
}

test('the preset is the one that gives the settings', async () => {
	known({ name: 'Poet', settings: { system: 'Rhyme.' } }, { name: 'Sober', settings: { temperature: 0 } });
	assert.equal(await presetOf({ system: 'Rhyme.', temperature: null }), 'Poet');
	assert.equal(await presetOf({ temperature: 0 }), 'Sober');
	assert.equal(await presetOf({ temperature: 1 }), '');
});

test('a preset that names only a model is not the reason for other settings', async () => {
	known({ name: 'Fast', settings: { model: 'small/model' } });
	prefer('instructions', 'Be brief.');
	assert.equal(await presetOf({ model: 'small/model', system: 'Be brief.' }), '');
	prefer('instructions', '');
});

test('of several presets, the one whose other settings match too', async () => {
	known({ name: 'Large', settings: { system: 'Rhyme.', model: 'large/model' } },
		{ name: 'Small', settings: { system: 'Rhyme.', model: 'small/model' } });
	assert.equal(await presetOf({ system: 'Rhyme.', model: 'small/model' }), 'Small');
	assert.equal(await presetOf({ system: 'Rhyme.', model: 'other/model' }), 'Large');
});
