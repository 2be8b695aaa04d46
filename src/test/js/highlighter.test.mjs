import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Highlighter } from '../../main/resources/static/js/answer/highlighter.js';

/** A worker that colours at once what is not called endless. */
class FakeWorker {

	static opened = [];
	ended = false;

	constructor() {
		FakeWorker.opened.push(this);
	}

	postMessage({ text }) {
		if (text !== 'endless') {
			queueMicrotask(() => this.onmessage({ data: [`<b>${text}</b>`] }));
		}
	}

	terminate() {
		this.ended = true;
	}

}

test('code is coloured by one worker, in the order in which it was given', async () => {
	FakeWorker.opened = [];
	const highlighter = new Highlighter(() => new FakeWorker());
	assert.deepEqual(await Promise.all([highlighter.highlight('a', 'java'), highlighter.highlight('b', 'java')]), [['<b>a</b>'], ['<b>b</b>']]);
	assert.equal(FakeWorker.opened.length, 1);
});

test('code that takes longer than a second stays plain, and another worker colours the code behind it', async (context) => {
	FakeWorker.opened = [];
	const highlighter = new Highlighter(() => new FakeWorker());
	await highlighter.highlight('a', 'java');
	context.mock.timers.enable({ apis: ['setTimeout'] });
	const endless = highlighter.highlight('endless', 'java');
	const next = highlighter.highlight('b', 'java');
	await new Promise(setImmediate);
	context.mock.timers.tick(1000);
	assert.equal(await endless, null);
	assert.deepEqual(await next, ['<b>b</b>']);
	assert.deepEqual(FakeWorker.opened.map(({ ended }) => ended), [true, false]);
});
