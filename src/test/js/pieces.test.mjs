import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pieces } from '../../main/resources/static/js/answer/pieces.js';

const piecesOf = (html) => Array.from(new Pieces().change({ before: '', after: html, keep: 0 }), ({ after }) => after);

const words = (html) => html.replace(/<thead>[^]*?<\/thead>\n?|<[^>]*>|\n/g, '');

/** Whether each element that a piece opens is closed in it. */
function assertWhole(piece) {
	const open = [];
	for (const [, slash, name] of piece.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
		if (slash) {
			assert.equal(open.pop(), name, piece.slice(0, 80));
		} else if (!['br', 'hr', 'img', 'input'].includes(name)) {
			open.push(name);
		}
	}
	assert.deepEqual(open, []);
}

const long = {
	list: '<ol start="7">\n' + '<li>item</li>\n'.repeat(9000) + '</ol>\n',
	nested: '<ul>\n<li>a\n<ul>\n' + '<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n'.repeat(3000) + '</ul>\n</li>\n</ul>\n',
	table: '<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n' + '<tr>\n<td>1</td>\n</tr>\n'.repeat(6000) + '</tbody>\n</table>\n',
	words: `<p>${'one <em>two</em> &amp; '.repeat(9000)}</p>\n`,
	line: `<p>${'a&amp;\u{1F600}'.repeat(20_000)}</p>\n`,
	code: `<pre><code class="language-x">${'x\n'.repeat(30_000)}</code></pre>\n`,
	formulas: `<p>${'<span class="math">x^2</span> and '.repeat(4000)}</p>\n`,
	paragraphs: '<p>p</p>\n'.repeat(9000),
};

for (const [name, html] of Object.entries(long)) {
	test(`${name}: each piece is whole and short, and together they say the same`, () => {
		const pieces = piecesOf(html);
		assert.ok(pieces.length > 3);
		pieces.forEach(assertWhole);
		pieces.forEach((piece) => assert.ok(piece.length < 34_000));
		pieces.forEach((piece) => assert.ok(piece.match(/<\w/g).length < (name === 'table' ? 1100 : 700)));
		assert.equal(words(pieces.join('')), words(html));
		assert.ok(!pieces.some((piece) => /[\ud800-\udbff](?:<|$)/.test(piece)));
	});

	test(`${name}: pieces that HTML has grown beyond stay as they are`, () => {
		const pieces = new Pieces();
		const shown = [];
		const tail = /(?:<\/[a-z0-9]+>\n?)*$/.exec(html)[0];
		let before = '';
		for (let end = 5000; end < html.length; end += 5000) {
			const cut = html.lastIndexOf('\n<', end) + 1 || end;
			const after = html.slice(0, cut) + (cut < html.length - tail.length ? tail : '');
			const changes = pieces.change({ before, after, keep: Math.max(0, before.length - tail.length) });
			for (const change of changes) {
				assert.equal(change.before, shown[change.piece] ?? '');
				assert.equal(change.before.slice(0, change.keep), change.after.slice(0, change.keep));
				assert.ok(change.piece >= shown.length - 1);
				shown[change.piece] = change.after;
			}
			assert.equal(words(shown.join('')), words(after));
			before = after;
		}
	});
}

test('no cut is inside a tag', () => {
	for (const element of ['<a href="https://e.x/">a</a>', '<td align="right">a</td>']) {
		for (let indent = 0; indent < 30; indent++) {
			const html = `<table><tbody><tr><td>${'x'.repeat(indent)}</td>${element.repeat(3000)}</tr></tbody></table>`;
			const pieces = piecesOf(html);
			assert.ok(pieces.length > 1);
			pieces.forEach(assertWhole);
			pieces.forEach((piece) => assert.match(piece.replace(/<[^>]*>/g, ''), /^x*a*$/));
		}
	}
});

test('items keep their numbers, tables their heads', () => {
	assert.match(piecesOf(long.list)[1], /^<ol start="149"><li>item/);
	assert.ok(piecesOf(long.table).every((piece) => piece.includes('<th>a</th>')));
	assert.match(piecesOf(long.code)[1], /^<pre class="rest"><code class="language-x">/);
});

const formulasIn = (html) => html.match(/class="math"/g)?.length ?? 0;

test('a formula weighs as much as the elements that will show it', () => {
	assert.ok(piecesOf(long.formulas).every((piece) => formulasIn(piece) <= 150));
	const item = '<li>that <span class="math">a^2 + b^2 = c^2</span></li>\n';
	const pieces = piecesOf(`<ul>\n${item.repeat(200)}</ul>\n`);
	assert.ok(pieces.every((piece) => formulasIn(piece) <= 40));
	assert.ok(pieces.every((piece) => !piece.includes('class="rest"')), 'items are whole');
});

test('a usual table of formulas stays whole', () => {
	const row = '<tr>\n<td><span class="math">\\sin(x)</span></td>\n<td><span class="math">\\frac{d}{dx} \\cos x</span></td>\n</tr>\n';
	const table = `<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n${row.repeat(40)}</tbody>\n</table>\n`;
	assert.equal(piecesOf(table).length, 1);
});

test('short text stays one piece', () => {
	assert.deepEqual(piecesOf('<p>a</p>\n'), ['<p>a</p>\n']);
	assert.equal(piecesOf('<ul>\n' + '<li>a</li>\n'.repeat(140) + '</ul>\n').length, 1);
});

test('folded blocks stay together', () => {
	const folded = `<details>\n<summary>s</summary>\n<ul>\n${'<li>item</li>\n'.repeat(3000)}</ul>\n<p>${'word '.repeat(9000)}</p>\n</details>\n`;
	const pieces = piecesOf(folded + long.list);
	pieces.forEach(assertWhole);
	assert.ok(pieces.length > 2);
	assert.equal(pieces.filter((piece) => piece.includes('<details>')).length, 1);
});
