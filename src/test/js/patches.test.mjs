import assert from 'node:assert/strict';
import test from 'node:test';
import { Blocks } from '../../main/resources/static/js/answer/patches.js';

test('many patches on one block become one change', () => {
	const blocks = new Blocks();
	blocks.apply([{ block: 0, keep: 0, html: '<p>a</p>' }]);
	blocks.take();
	blocks.apply([{ block: 0, keep: 4, html: 'b</p>' }]);
	blocks.apply([{ block: 0, keep: 5, html: 'c</p>' }, { block: 1, keep: 0, html: '<hr />' }]);
	assert.deepEqual(blocks.take(), [
		{ block: 0, before: '<p>a</p>', after: '<p>abc</p>', keep: 4 },
		{ block: 1, before: '', after: '<hr />', keep: 0 },
	]);
	assert.deepEqual(blocks.take(), []);
});

test('a change that takes itself back is none', () => {
	const blocks = new Blocks();
	blocks.apply([{ block: 0, keep: 0, html: 'a' }]);
	blocks.take();
	blocks.apply([{ block: 0, keep: 0, html: 'b' }]);
	blocks.apply([{ block: 0, keep: 0, html: 'a' }]);
	assert.deepEqual(blocks.take(), []);
});

test('forgotten blocks go unless they come again', () => {
	const blocks = new Blocks();
	blocks.apply([{ block: 0, keep: 0, html: 'a' }, { block: 1, keep: 0, html: 'b' }]);
	blocks.take();
	blocks.reset();
	blocks.apply([{ block: 0, keep: 0, html: 'a' }]);
	assert.deepEqual(blocks.take(), [{ block: 1, before: 'b', after: '', keep: 0 }]);
});

test('a block that a patch skipped reads as empty', () => {
	const blocks = new Blocks();
	blocks.apply([{ block: 2, keep: 0, html: 'c' }]);
	assert.deepEqual(blocks.take(), [{ block: 2, before: '', after: 'c', keep: 0 }]);
});

test('a replacement forgets patches that were not taken', () => {
	const blocks = new Blocks();
	blocks.apply([{ block: 0, keep: 0, html: 'a' }, { block: 1, keep: 0, html: 'b' }]);
	blocks.reset(['c']);
	assert.deepEqual(blocks.take(), [{ block: 0, before: '', after: 'c', keep: 0 }]);
	assert.deepEqual(blocks.take(), []);
});

test('any patches between two takes have the effect of each one by itself', () => {
	let seed = 7;
	const random = (limit) => (seed = (seed * 1103515245 + 12345) % 2147483648) % limit;
	const blocks = new Blocks();
	const meant = ['', '', ''];
	const taken = ['', '', ''];
	for (let round = 0; round < 2000; round++) {
		const block = random(3);
		const keep = random(meant[block].length + 3);
		const html = 'abcdefgh'.slice(0, random(9));
		meant[block] = meant[block].slice(0, keep) + html;
		blocks.apply([{ block, keep, html }]);
		if (random(4) === 0) {
			for (const change of blocks.take()) {
				assert.equal(change.before, taken[change.block]);
				assert.equal(change.before.slice(0, change.keep), change.after.slice(0, change.keep));
				assert.ok(change.keep <= change.before.length);
				taken[change.block] = change.after;
			}
			assert.deepEqual(taken, meant);
		}
	}
});

test('a patch copies no more than itself, however long its block is', () => {
	const blocks = new Blocks();
	blocks.apply([{ block: 0, keep: 0, html: 'x'.repeat(100_000) }]);
	blocks.take();
	const { slice } = String.prototype;
	let copied = 0;
	String.prototype.slice = function (...range) {
		const copy = slice.apply(this, range);
		copied += copy.length;
		return copy;
	};
	try {
		for (let patch = 0; patch < 20; patch++) {
			blocks.apply([{ block: 0, keep: 100_000 + 10 * patch, html: 'one more..' }]);
		}
	} finally {
		String.prototype.slice = slice;
	}
	assert.ok(copied < 10_000, `${copied} characters were copied`);
	assert.equal(blocks.take()[0].after.length, 100_200);
});
