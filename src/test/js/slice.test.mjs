import assert from 'node:assert/strict';
import test from 'node:test';
import { Slice } from '../../main/resources/static/js/lib/slice.js';

globalThis.window = { requestIdleCallback: (resume) => setImmediate(resume) };

/** Runs with a clock that the test sets. */
async function withClock(run) {
	const clock = performance.now;
	const time = { now: 0 };
	performance.now = () => time.now;
	await run(time);
	performance.now = clock;
}

test('a slice is over after its time, until a pause', () => withClock(async (time) => {
	const slice = new Slice();
	time.now = 8;
	assert.equal(slice.isOver, false);
	time.now = 9;
	assert.equal(slice.isOver, true);
	await slice.pause();
	assert.equal(slice.isOver, false);
}));

test('a slice is over when it has added many elements, until a pause', () => withClock(async () => {
	const slice = new Slice();
	slice.count(499);
	assert.equal(slice.isOver, false);
	slice.count(1);
	assert.equal(slice.isOver, true);
	await slice.yield();
	assert.equal(slice.isOver, false);
}));
