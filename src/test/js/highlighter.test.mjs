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

test('code with a line of 1,001 characters stays plain, and so does code of 60,001', async () => {
	FakeWorker.opened = [];
	const highlighter = new Highlighter(() => new FakeWorker());
	const line = 'x'.repeat(1000);
	for (const long of [`${line}x`, `a\n${line}x\nb`, `${'x'.repeat(999)}\n`.repeat(60) + 'x']) {
		assert.equal(await highlighter.highlight(long, 'java'), null);
	}
	assert.equal(FakeWorker.opened.length, 0);
	for (const text of [line, `a\n${line}\nb`, `${'x'.repeat(999)}\n`.repeat(60)]) {
		assert.deepEqual(await highlighter.highlight(text, 'java'), [`<b>${text}</b>`]);
	}
});
