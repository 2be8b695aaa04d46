import assert from 'node:assert/strict';
import { test } from 'node:test';

import { capabilitiesOf, matches } from '../../main/resources/static/js/dialogs/models.js';

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

test('a model is found by its name, its id and what it can do', () => {
	const able = { ...model, promptPrice: '0', completionPrice: '0', inputModalities: ['text', 'image'], reasoning: true, tools: true };
	assert.deepEqual(capabilitiesOf(able), ['free', 'reasoning', 'images', 'tools']);
	assert.ok(matches(able, 'acme free'));
	assert.ok(matches(able, 'CHAT images'));
	assert.ok(!matches(able, 'chat other'));
});
