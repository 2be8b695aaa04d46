import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Queue } from '../../main/resources/static/js/composer/queue.js';

test('messages that wait are joined, saved, and taken as one', () => {
	const shown = { queued: '' };
	const saved = [];
	const queue = new Queue(shown, (text) => saved.push(text));
	queue.add('second');
	queue.add('third');
	assert.equal(shown.queued, 'second\n\nthird');
	assert.equal(queue.take(), 'second\n\nthird');
	assert.equal(queue.text, '');
	assert.deepEqual(saved, ['second', 'second\n\nthird', '']);
});
