import assert from 'node:assert/strict';
import { test } from 'node:test';

import { groupsByMaker, makersOf } from '../../main/resources/static/js/dialogs/makers.js';

const all = (...models) => models.map(([id, name]) => ({ id, name }));

const groups = (...models) => groupsByMaker(all(...models), makersOf(all(...models)), 'Service')
	.map(([name, members]) => `${name}: ${members.map(({ id }) => id).join(' ')}`.trim());

test('models stand below their makers, in the order of the names', () => {
	assert.deepEqual(groups(['zeta/one', 'Zeta: One'], ['acme/one', 'Acme: One'], ['acme/two', 'Acme: Two']),
		['Service · Acme: acme/one acme/two', 'Service · Zeta: zeta/one', 'Service:']);
});

test('a model whose name has no maker stands beside those of its folder', () => {
	assert.deepEqual(groups(['acme/one', 'Acme: One'], ['acme/old', 'Acme Old']), ['Service · Acme: acme/one acme/old', 'Service:']);
});

test('a maker may have several folders', () => {
	assert.deepEqual(groups(['acme/one', 'Acme: One'], ['acme-labs/two', 'Acme: Two']),
		['Service · Acme: acme/one acme-labs/two', 'Service:']);
});

test('models of unknown makers are one group', () => {
	assert.deepEqual(groups(['llama3.2', 'llama3.2'], ['small/model', 'Small Model'], ['plain', 'Plain: one']),
		['Service: llama3.2 small/model plain']);
});

test('several models in one folder have one maker', () => {
	assert.deepEqual(groups(['solo/one', 'Solo'], ['acme/one', 'One'], ['local/acme/two', 'Two'], ['acme/three', 'Three']),
		['Service · acme: acme/one acme/three', 'Service: solo/one local/acme/two']);
});

test('a model that a search has found alone stays below its maker', () => {
	const makers = makersOf(all(['acme/one', 'One'], ['acme/two', 'Two']));
	assert.deepEqual(groupsByMaker(all(['acme/two', 'Two']), makers, 'Service').map(([name]) => name), ['Service · acme', 'Service']);
});
