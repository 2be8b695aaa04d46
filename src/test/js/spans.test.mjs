import assert from 'node:assert/strict';
import { test } from 'node:test';

import { piecesOf } from '../../main/resources/static/js/answer/spans.js';

const nested = '<span class="a">x <span class="b">y</span> &lt; </span>z\n'.repeat(1000);
const deep = `<span class="outer">${nested}</span>`;

for (const [name, html] of Object.entries({ nested, deep })) {
	test(`${name}: each piece is whole and short, begins with an element, and says its part`, () => {
		const pieces = piecesOf(html);
		assert.ok(pieces.length > 5);
		for (const piece of pieces) {
			const [opened, closed] = [piece.match(/<span /g).length, piece.match(/<\/span>/g).length];
			assert.equal(opened, closed);
			assert.ok(opened <= 303);
			assert.ok(piece.startsWith('<span '));
		}
		const words = (markup) => markup.replace(/<[^>]*>/g, '');
		assert.equal(words(pieces.join('')), words(html));
	});

	test(`${name}: the colours stay the same in another piece`, () => {
		assert.ok(piecesOf(html).slice(1).every((piece) => piece.startsWith(name === 'deep' ? '<span class="outer"><span class="a">' : '<span class="a">')));
	});
}

test('pieces that code has grown beyond stay as they are', () => {
	const before = piecesOf(nested);
	assert.deepEqual(piecesOf(nested + nested).slice(0, before.length - 1), before.slice(0, -1));
});

test('short code and plain code are one piece', () => {
	assert.deepEqual(piecesOf('<span class="a">x</span> y'), ['<span class="a">x</span> y']);
	assert.deepEqual(piecesOf('x\n'.repeat(1000)), ['x\n'.repeat(1000)]);
	assert.deepEqual(piecesOf(''), ['']);
});
