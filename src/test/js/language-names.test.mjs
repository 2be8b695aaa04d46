import assert from 'node:assert/strict';
import { test } from 'node:test';

import { languageName } from '../../main/resources/static/js/answer/language-names.js';

test('a language is called by its name', () => {
	const names = { ts: 'TypeScript', 'C++': 'C++', json: 'JSON', python: 'Python', Rust: 'Rust', runnelish: 'Runnelish' };
	for (const [word, name] of Object.entries(names)) {
		assert.equal(languageName(word), name);
	}
});

test('a word that every object knows is a name like any other', () => {
	assert.equal(languageName('constructor'), 'Constructor');
	assert.equal(languageName(''), '');
});
