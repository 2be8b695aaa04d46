import assert from 'node:assert/strict';
import test from 'node:test';
import { commonStart, plainText, planAppend, splitAtEnds } from '../../main/resources/static/js/answer/append.js';

const plan = (before, after, keep = 0) => planAppend({ before, after, keep });

test('growing text goes to the end of the innermost open element', () => {
	assert.deepEqual(plan('<p>one</p>\n', '<p>one two</p>\n', 6), { closing: ['p'], pieces: [' two'] });
});

test('growing code stays inside its block', () => {
	assert.deepEqual(plan('<pre><code>a\n</code></pre>\n', '<pre><code>a\nb\n</code></pre>\n'),
		{ closing: ['code', 'pre'], pieces: ['b\n'] });
});

test('a new item ends the open one and goes behind it', () => {
	assert.deepEqual(plan('<ul>\n<li>a</li>\n</ul>\n', '<ul>\n<li>a b</li>\n<li>c</li>\n</ul>\n'),
		{ closing: ['li', 'ul'], pieces: [' b', '\n<li>c</li>'] });
});

test('an item that ended inside leaves its line ends to the next', () => {
	assert.deepEqual(plan('<ul>\n<li>\n<p>a</p>\n</li>\n</ul>\n', '<ul>\n<li>\n<p>a b</p>\n</li>\n<li>\n<p>c</p>\n</li>\n</ul>\n'),
		{ closing: ['p', 'li', 'ul'], pieces: [' b', '\n', '\n<li>\n<p>c</p>\n</li>'] });
});

test('a new item after a finished one goes to the end of the list', () => {
	assert.deepEqual(plan('<ul>\n<li>a</li>\n</ul>\n', '<ul>\n<li>a</li>\n<li>c</li>\n</ul>\n'),
		{ closing: ['ul'], pieces: ['<li>c</li>\n'] });
});

test('markup inside a paragraph is added as one piece', () => {
	assert.deepEqual(plan('<p>a</p>\n', '<p>a <em>b</em><br />c</p>\n'), { closing: ['p'], pieces: [' <em>b</em><br />c'] });
});

test('a first text and a block that is there already are additions too', () => {
	assert.deepEqual(plan('', '<p>a</p>\n'), { closing: [], pieces: ['<p>a</p>\n'] });
	assert.deepEqual(plan('<p>a</p>\n', '<p>a</p>\n<p>b</p>\n'), { closing: [], pieces: ['<p>b</p>\n'] });
});

test('a change of what is there is no addition', () => {
	assert.equal(plan('<p>a *b</p>\n', '<p>a <em>b</em></p>\n'), null);
	assert.equal(plan('<p>a</p>\n', '<h2>a</h2>\n'), null);
	assert.equal(plan('<ul>\n<li>a</li>\n</ul>\n', '<ul>\n<li>\n<p>a</p>\n</li>\n</ul>\n'), null);
	assert.equal(plan('<p>ab</p>\n', '<p>a</p>\n'), null);
	assert.equal(plan('<p>a</p>\n', ''), null);
});

test('the common start never ends inside a tag, an entity or a surrogate pair', () => {
	assert.equal(commonStart('<p>a<em>', '<p>a<ex>', 0), 4);
	assert.equal(commonStart('a &lt; b', 'a &le; b', 0), 2);
	assert.equal(commonStart('a; b', 'a; c', 0), 3);
	assert.equal(commonStart('\ud83e\udd8a', '\ud83e\udd8b', 0), 0);
	assert.equal(commonStart('<p title="a">x', '<p title="a">y', 13), 13);
});

test('ends of elements from before cut markup into pieces', () => {
	assert.deepEqual(splitAtEnds('a <b>c</b>'), ['a <b>c</b>']);
	assert.deepEqual(splitAtEnds('</li>\n<li>b'), ['', '\n<li>b']);
	assert.deepEqual(splitAtEnds('x</p>\n</li>\n<li>\n<p>y'), ['x', '\n', '\n<li>\n<p>y']);
	assert.equal(splitAtEnds('a</p>'), null);
});

test('only text without unknown entities is plain', () => {
	assert.equal(plainText('a &lt; b &amp;amp; &quot;c&quot;'), 'a < b &amp; "c"');
	assert.equal(plainText('a <b>'), null);
	assert.equal(plainText('&nbsp;'), null);
});
