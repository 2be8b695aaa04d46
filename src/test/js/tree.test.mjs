import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MessageTree } from '../../main/resources/static/js/conversation/tree.js';

const question = (id, parentId) => ({ id, parentId, role: 'user', content: id });
const answer = (id, parentId, more = {}) => ({ id, parentId, role: 'assistant', content: id, state: 'complete', ...more });
const ids = (messages) => messages.map(({ id }) => id);

function tree(...messages) {
	const made = new MessageTree();
	made.replace(messages);
	return made;
}

const branched = () => tree(question('q1', null), answer('a1', 'q1'), question('q2', 'a1'), answer('a2', 'q2'),
	question('q2b', 'a1'), answer('a2b', 'q2b'), answer('a2c', 'q2b'));

test('a branch runs from the first question to its end', () => {
	assert.deepEqual(ids(branched().branchTo('a2')), ['q1', 'a1', 'q2', 'a2']);
	assert.deepEqual(ids(branched().branchTo('a2c')), ['q1', 'a1', 'q2b', 'a2c']);
	assert.deepEqual(branched().branchTo('unknown'), []);
});

test('versions share a parent, oldest first', () => {
	assert.deepEqual(ids(branched().versionsOf('q2')), ['q2', 'q2b']);
	assert.deepEqual(ids(branched().versionsOf('a2b')), ['a2b', 'a2c']);
	assert.deepEqual(ids(tree(question('q1'), question('q2', null)).versionsOf('q1')), ['q1', 'q2']);
});

test('a failure that said nothing is no version, unless it is the one that is shown', () => {
	const failed = tree(question('q', null), answer('a', 'q', { state: 'failed', content: '' }), answer('b', 'q'));
	assert.deepEqual(ids(failed.versionsOf('b')), ['b']);
	assert.deepEqual(ids(failed.versionsOf('a')), ['a', 'b']);
	assert.equal(tree(question('q', null), answer('b', 'q'), answer('a', 'q', { state: 'failed', content: '' })).leafBelow('q'), 'b');
});

test('from a version the newest of each turn leads down', () => {
	assert.equal(branched().leafBelow('q2b'), 'a2c');
	assert.equal(branched().leafBelow('q2'), 'a2');
	assert.equal(branched().leafBelow('a2'), 'a2');
});

test('putting a message again updates it', () => {
	const one = branched();
	one.put({ id: 'a2', state: 'stopped' });
	assert.equal(one.get('a2').state, 'stopped');
	assert.deepEqual(ids(one.versionsOf('a2')), ['a2']);
});
