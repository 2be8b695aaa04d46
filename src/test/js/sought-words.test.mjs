import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placesOf, wordsOf } from '../../main/resources/static/js/conversation/sought-words.js';

const found = (text, query) => placesOf(text, wordsOf(query)).map(({ start, end }) => text.slice(start, end));

test('words are found by their beginning', () => {
	assert.deepEqual(found('Start of the art: ARTS', 'art'), ['art', 'ART']);
	assert.deepEqual(found('foo_bar, and foobar', 'bar foo'), ['foo', 'bar', 'foo']);
	assert.deepEqual(found('anything', ' *'), []);
});

test('case and accents do not matter', () => {
	assert.deepEqual(found('a café, a cafe\u0301 there', 'CAFE'), ['café', 'cafe\u0301']);
	assert.deepEqual(found('die große Straße', 'strasse'), ['Straße']);
	assert.deepEqual(found('😀 ﬁne', 'fine'), ['ﬁne']);
});

test('a script without spaces has words anywhere', () => {
	assert.deepEqual(found('请修改服务端的计划', '服务端'), ['服务端']);
	assert.deepEqual(found('대한민국 만세', '민국'), ['민국']);
});
