import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Draft } from '../../main/resources/static/js/composer/draft.js';

const RUNNING = { begun: false, phase: 'thinking', ending: 'idle' };

function draftWith(text) {
	const shown = { text };
	const saved = [];
	return { draft: new Draft(shown, (one) => saved.push(one)), shown, saved };
}

test('typed text is saved', () => {
	const { draft, saved } = draftWith('next');
	draft.save();
	assert.deepEqual(saved, ['next']);
});

test('a text whose place is gone becomes part of the next question', () => {
	const { draft, shown } = draftWith('next');
	draft.add('changed');
	assert.equal(shown.text, 'next\n\nchanged');
});

test('a sent question stays saved until the server has it', () => {
	const { draft, shown, saved } = draftWith('next');
	assert.equal(draft.takeForSending(), 'next');
	assert.equal(shown.text, '');
	draft.text = 'typed meanwhile';
	draft.save();
	draft.settle(RUNNING);
	assert.deepEqual(saved, []);
	draft.settle({ ...RUNNING, begun: true });
	assert.deepEqual(saved, ['typed meanwhile']);
	draft.settle({ ...RUNNING, begun: true });
	assert.equal(saved.length, 1);
});

test('a question that failed before the server had it stays saved, and one that was stopped does not', () => {
	const failed = draftWith('next');
	failed.draft.takeForSending();
	failed.draft.settle({ begun: false, phase: 'idle', ending: 'failed' });
	assert.deepEqual(failed.saved, []);
	const stopped = draftWith('next');
	stopped.draft.takeForSending();
	stopped.draft.settle({ begun: false, phase: 'idle', ending: 'stopped' });
	assert.deepEqual(stopped.saved, ['']);
});

test('a sent edit is saved together with the next question until the server has it', () => {
	const { draft, shown, saved } = draftWith('next');
	draft.saveUntilConfirmed('changed');
	assert.equal(shown.text, 'next');
	draft.save();
	assert.deepEqual(saved, ['next\n\nchanged']);
	draft.settle({ ...RUNNING, begun: true });
	assert.deepEqual(saved, ['next\n\nchanged', 'next']);
});
