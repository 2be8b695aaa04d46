import assert from 'node:assert/strict';
import test from 'node:test';
import { Pause } from '../../main/resources/static/js/stream/pause.js';

test('the words that arrive during a pause are counted', () => {
	const pause = new Pause(() => {});
	pause.hold('before ');
	pause.begin();
	pause.hold('one tw');
	pause.hold('o three');
	assert.equal(pause.words, 3);
	pause.end();
	assert.equal(pause.isOn, false);
	assert.equal(pause.words, 0);
});

test('words that became thoughts are not counted', () => {
	const pause = new Pause(() => {});
	pause.begin();
	pause.hold('a thought ');
	pause.forget();
	pause.hold('text');
	assert.equal(pause.words, 1);
	pause.end();
});
