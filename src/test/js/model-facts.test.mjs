import assert from 'node:assert/strict';
import { test } from 'node:test';

import { capabilitiesOf, matches } from '../../main/resources/static/js/dialogs/model-facts.js';
import { loadServices } from '../../main/resources/static/js/dialogs/services.js';

/** As GET /api/models has it: prices are decimal strings. */
const model = { id: 'acme/chat-1', name: 'Chat 1', contextLength: 8192, inputModalities: ['text'], reasoning: false, tools: false };

test('a model is free where both prices are known to be zero', () => {
	assert.deepEqual(capabilitiesOf({ ...model, promptPrice: '0', completionPrice: '0' }), ['free']);
	assert.deepEqual(capabilitiesOf({ ...model, promptPrice: '0.000', completionPrice: '0' }), ['free']);
	assert.deepEqual(capabilitiesOf({ ...model, promptPrice: '0', completionPrice: '0.000002' }), []);
});

test('a model of unknown price is not called free', () => {
	for (const unknown of [null, undefined, '', 'cheap']) {
		assert.deepEqual(capabilitiesOf({ ...model, promptPrice: unknown, completionPrice: unknown }), []);
	}
});

test('a model in the own network is found as such, and by its service', () => {
	const local = { ...model, service: 'Cellar', local: true };
	assert.deepEqual(capabilitiesOf(local), ['local']);
	assert.ok(matches(local, 'local'));
	assert.ok(matches(local, 'cellar chat'));
	assert.deepEqual(capabilitiesOf({ ...model, service: 'OpenRouter', local: false }), []);
});

test('a model is found by its name, its id and what it can do', () => {
	const able = { ...model, promptPrice: '0', completionPrice: '0', inputModalities: ['text', 'image'], reasoning: true, tools: true };
	assert.deepEqual(capabilitiesOf(able), ['free', 'reasoning', 'images', 'tools']);
	assert.ok(matches(able, 'acme free'));
	assert.ok(matches(able, 'CHAT images'));
	assert.ok(!matches(able, 'chat other'));
});

test('the models are loaded again if a service has others by now', async () => {
	const [a, b] = ['a', 'b'].map((id) => ({ ...model, id, service: 'one' }));
	const answers = { '/api/models': [[a], [a, b]], '/api/services': [[{ name: 'one', models: 1 }], [{ name: 'one', models: 2 }]] };
	globalThis.fetch = async (path) => new Response(JSON.stringify(answers[path].shift()), { status: 200 });
	globalThis.dispatchEvent ??= () => true;
	globalThis.CustomEvent ??= class {};
	const ids = async () => (await loadServices())[0].map(({ id }) => id);
	assert.deepEqual(await ids(), ['a']);
	assert.deepEqual(await ids(), ['a', 'b']);
});
