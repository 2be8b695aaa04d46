import assert from 'node:assert/strict';
import test from 'node:test';
import { EventReader, Events, Lines } from '../../main/resources/static/js/stream/sse.js';

const bytes = (text) => new TextEncoder().encode(text);

function eventsOf(...parts) {
	const reader = new EventReader();
	return parts.flatMap((part) => reader.push(typeof part === 'string' ? bytes(part) : part));
}

const STREAM = '\uFEFF: hello\r\nid: 1\r\nevent: start\r\ndata: {"a":"für 🦊"}\r\n\r\nid: 2\ndata: x\ndata:  y\n\n'
	+ ': ping\n\nid: 3\revent: complete\rdata: {}\r\r';

const EXPECTED = [
	{ event: 'start', data: '{"a":"für 🦊"}', id: '1' },
	{ event: 'message', data: 'x\n y', id: '2' },
	{ event: 'complete', data: '{}', id: '3' },
];

test('reads events with each line end, comments and a byte order mark', () => {
	assert.deepEqual(eventsOf(STREAM), EXPECTED);
});

test('reads the same wherever the bytes are cut in two', () => {
	const all = bytes(STREAM);
	for (let cut = 0; cut <= all.length; cut++) {
		assert.deepEqual(eventsOf(all.slice(0, cut), all.slice(cut)), EXPECTED, `cut at byte ${cut}`);
	}
});

test('reads the same byte by byte, with empty parts between', () => {
	const parts = [...bytes(STREAM)].flatMap((byte) => [Uint8Array.of(byte), new Uint8Array(0)]);
	assert.deepEqual(eventsOf(...parts), EXPECTED);
});

test('drops what is incomplete at the end', () => {
	assert.deepEqual(eventsOf('data: a\n\ndata: b\n'), [{ event: 'message', data: 'a', id: '' }]);
});

test('takes off one space behind the colon and no more', () => {
	assert.deepEqual(eventsOf('data:a\n\ndata:  b\n\ndata\n\n').map(({ data }) => data), ['a', ' b', '']);
});

test('an event without data does not count, and its name is forgotten', () => {
	assert.deepEqual(eventsOf('event: lost\n\ndata: kept\n\n'), [{ event: 'message', data: 'kept', id: '' }]);
});

test('keeps the last id for events that have none, and ignores one with NUL', () => {
	assert.deepEqual(eventsOf('id: 7\ndata: a\n\nid: 8\0\ndata: b\n\n').map(({ id }) => id), ['7', '7']);
});

test('a line may come in any number of parts', () => {
	const lines = new Lines();
	assert.deepEqual(['ab', 'c\r', '\n', '\r', 'd\n'].map((part) => lines.push(part)), [[], ['abc'], [], [''], ['d']]);
});
