import assert from 'node:assert/strict';
import test from 'node:test';
import { endingOf } from '../../main/resources/static/js/answer/formats.js';

test('the word of a language names the file', () => {
	assert.deepEqual(['Python', 'sql', 'c', '', 'a b', 'verylong'].map(endingOf), ['py', 'sql', 'c', 'txt', 'txt', 'txt']);
});

test('a file that Windows reads unasked is text', () => {
	assert.deepEqual(['scf', 'URL', 'constructor', '__proto__'].map(endingOf), ['txt', 'txt', 'txt', 'txt']);
});
