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
