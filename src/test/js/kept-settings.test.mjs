import assert from 'node:assert/strict';
import { test } from 'node:test';

import { KeptSettings } from '../../main/resources/static/js/conversation/kept-settings.js';

test('settings of a new conversation go along with its question until they are stored', async () => {
	const settings = new KeptSettings({ model: 'large/model' }, true);
	await settings.change(undefined, { model: 'large/model', topP: 0.5, system: null });
	assert.deepEqual(settings.ofQuestion, { model: 'large/model', topP: 0.5 });
	const sent = answering(200);
	await settings.save('one');
	assert.deepEqual(sent, [{ settings: { model: 'large/model', topP: 0.5, system: null } }]);
	assert.deepEqual(settings.ofQuestion, { model: 'large/model' });
});

test('stored values are not stored again, but a new model alone is', async () => {
	const sent = answering(200);
	await new KeptSettings({ model: null }, true).save('one');
	await new KeptSettings({ model: 'large/model' }, false).save('one');
	assert.deepEqual(sent, []);
	await new KeptSettings({ model: 'large/model' }, true).save('one');
	assert.equal(sent.length, 1);
});

test('values of the server do not replace values that are not stored yet', async () => {
	answering(503);
	const settings = new KeptSettings({ model: null }, false);
	await assert.rejects(settings.change('one', { model: 'large/model' }));
	settings.learn({ model: 'small/model' });
	assert.deepEqual(settings.ofQuestion, { model: 'large/model' });
});

test('refused values do not stay', async () => {
	answering(400);
	const settings = new KeptSettings({ model: 'small/model' }, false);
	await assert.rejects(settings.change('one', { model: 'no such model' }));
	assert.deepEqual(settings.values, { model: 'small/model' });
});

function answering(status) {
	const sent = [];
	globalThis.fetch = async (path, { body }) => {
		sent.push(JSON.parse(body));
		return new Response('{}', { status });
	};
	return sent;
}
