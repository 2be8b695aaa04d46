import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Queue } from '../../main/resources/static/js/composer/queue.js';

test('messages that wait are joined with their files, saved, and taken as one', () => {
	const shown = { queued: '', queuedFiles: '' };
	const saved = [];
	const queue = new Queue(shown, (text, files) => saved.push([text, files]), ['first', []]);
	const [plan, map] = [{ name: 'plan.pdf' }, { name: 'map.png' }];
	queue.add('second', [plan]);
	queue.add('third', [map]);
	assert.deepEqual(shown, { queued: 'first\n\nsecond\n\nthird', queuedFiles: 'plan.pdf, map.png' });
	assert.deepEqual(queue.take(), ['first\n\nsecond\n\nthird', [plan, map]]);
	assert.deepEqual(shown, { queued: '', queuedFiles: '' });
	assert.deepEqual(saved, [
		['first', []],
		['first\n\nsecond', [plan]],
		['first\n\nsecond\n\nthird', [plan, map]],
		['', []],
	]);
});

test('a further message waits only as far as the joined one is within the limits', () => {
	const nine = Array.from({ length: 9 }, (_, at) => ({ name: `${at}.png` }));
	const queue = new Queue({ queued: '', queuedFiles: '', limit: 12 }, () => {}, ['first', nine]);
	assert.equal(queue.hasRoomFor('12345', 1), true);
	assert.equal(queue.hasRoomFor('123456', 1), false);
	assert.equal(queue.hasRoomFor('12345', 2), false);
	assert.equal(queue.joins(1), true);
	assert.equal(queue.joins(2), false);
	queue.add('', nine);
	assert.equal(queue.joins(0), true);
});
