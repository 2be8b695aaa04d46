import assert from 'node:assert/strict';
import test from 'node:test';
import { Pace } from '../../main/resources/static/js/lib/pace.js';

/** A channel whose messages arrive in the order of all callbacks of `setImmediate`. */
globalThis.MessageChannel = class {
	port1 = { close() {} };
	port2 = { postMessage: () => setImmediate(() => this.port1.onmessage()) };
};

/** Runs with a clock that the test sets. */
async function withClock(run) {
	const clock = performance.now;
	const time = { now: 0 };
	performance.now = () => time.now;
	await run(time);
	performance.now = clock;
}

/** Writes steps of a millisecond until the time is over or all is written. @returns {number} the steps */
async function write(pace, time, { steps = 1000, layout }) {
	let written = 0;
	pace.frame(() => {
		pace.begin();
		while (written < steps && !pace.isOver) {
			written++;
			time.now++;
		}
	});
	time.now += layout(written);
	await new Promise((resolve) => setImmediate(resolve));
	return written;
}

test('a frame that is shown late is followed by one that writes less', () => withClock(async (time) => {
	const pace = new Pace();
	const layout = (written) => 4 * written;
	const first = await write(pace, time, { layout });
	const next = await write(pace, time, { layout });
	assert.ok(next < first);
	assert.equal(await write(pace, time, { layout }) * 5, 50);
}));

test('each frame writes something, and at most for 40 ms', () => withClock(async (time) => {
	const pace = new Pace();
	await write(pace, time, { layout: () => 10_000 });
	assert.equal(await write(pace, time, { layout: () => 0 }), 10);
	for (let frame = 0; frame < 10; frame++) {
		await write(pace, time, { layout: () => 0 });
	}
	assert.equal(await write(pace, time, { layout: () => 0 }), 40);
}));

test('a small change does not alter the time, however late it is shown', () => withClock(async (time) => {
	const pace = new Pace();
	await write(pace, time, { steps: 1, layout: () => 10_000 });
	assert.equal(await write(pace, time, { layout: () => 0 }), 20);
}));
