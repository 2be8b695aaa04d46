import assert from 'node:assert/strict';
import { test } from 'node:test';

import { directionOf } from '../../main/resources/static/js/composer/direction.js';

test('only where some text runs from right to left the browser has to find out', () => {
	assert.equal(directionOf('How deep? 1 + 1 = 2, größer, 水, 🙂'), 'ltr');
	assert.equal(directionOf('How deep? \u05db\u05de\u05d4'), 'auto');
	assert.equal(directionOf('\u0645\u0627'), 'auto');
	assert.equal(directionOf('a \u{1e900} b'), 'auto');
});

test('without text it runs as the page does', () => assert.equal(directionOf(''), ''));
