import assert from 'node:assert/strict';
import test from 'node:test';
import { groupsOf } from '../../main/resources/static/js/sidebar/groups.js';

const future = '2999-01-01T00:00:00Z';
const list = [
	{ id: 'a', pinned: false, updatedAt: future },
	{ id: 'b', pinned: true, updatedAt: '2020-05-01T12:00:00Z' },
	{ id: 'c', pinned: false, updatedAt: '2020-05-02T12:00:00Z' },
	{ id: 'd', pinned: false, updatedAt: '2020-05-03T12:00:00Z' },
];

const idsByKey = (groups) => groups.map(({ key, ids }) => [key, ids]);

test('pinned conversations are first, the others stand with those of their time', () => {
	assert.deepEqual(idsByKey(groupsOf(list, false)), [['pinned', ['b']], ['today', ['a']], ['2020-05', ['c', 'd']]]);
});

test('found conversations are one group in their own order', () => {
	assert.deepEqual(idsByKey(groupsOf(list, true)), [['found', ['a', 'b', 'c', 'd']]]);
});

test('nothing has no groups', () => {
	assert.deepEqual(groupsOf([], false), []);
});
