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
	const files = (count) => Array.from({ length: count }, (_, at) => ({ name: `${at}.png` }));
	const shown = { queued: '', queuedFiles: '', text: '12345', files: files(1), limit: 12 };
	const queue = new Queue(shown, () => {}, ['first', files(9)]);
	assert.deepEqual([queue.hasRoom, queue.joins], [true, true]);
	shown.text = '123456';
	assert.deepEqual([queue.hasRoom, queue.joins], [false, true]);
	Object.assign(shown, { text: '', files: files(2) });
	assert.deepEqual([queue.hasRoom, queue.joins], [false, false]);
	queue.add('', files(2));
	shown.files = [];
	assert.equal(queue.joins, true);
});
