import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Draft } from '../../main/resources/static/js/composer/draft.js';

const QUESTION = { record: { content: 'asked' } };
const RUNNING = { begun: false, phase: 'thinking', ending: 'idle' };

function draftWith(text) {
	const shown = { text, editing: false };
	const saved = [];
	return { draft: new Draft(shown, (one) => saved.push(one)), shown, saved };
}

test('typed text is saved', () => {
	const { draft, saved } = draftWith('next');
	draft.save();
	assert.deepEqual(saved, ['next']);
});

test('an edited question sets the next question aside and does not replace what is saved', () => {
	const { draft, shown, saved } = draftWith('next');
	draft.edit(QUESTION);
	draft.save();
	assert.deepEqual(shown, { text: 'asked', editing: true });
	assert.deepEqual(saved, []);
	draft.cancelEdit();
	assert.deepEqual(shown, { text: 'next', editing: false });
	assert.equal(draft.question, null);
});

test('editing another question keeps the same next question aside', () => {
	const { draft, shown } = draftWith('next');
	draft.edit(QUESTION);
	draft.edit({ record: { content: 'other' } });
	draft.cancelEdit();
	assert.equal(shown.text, 'next');
});

test('the text of a question that has gone becomes part of the next question', () => {
	const { draft, shown } = draftWith('next');
	draft.edit(QUESTION);
	draft.text = 'changed';
	draft.keepEditAsNext();
	assert.deepEqual(shown, { text: 'next\n\nchanged', editing: false });
});

test('a sent question stays saved until the server has it', () => {
	const { draft, shown, saved } = draftWith('next');
	assert.deepEqual(draft.takeForSending(), { text: 'next', question: null });
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

test('a sent edit is saved together with the next question, which returns to the box', () => {
	const { draft, shown, saved } = draftWith('next');
	draft.edit(QUESTION);
	draft.text = 'changed';
	assert.deepEqual(draft.takeForSending(), { text: 'changed', question: QUESTION });
	assert.deepEqual(shown, { text: 'next', editing: false });
	assert.deepEqual(saved, ['next\n\nchanged']);
});

test('a confirmed retry does not save the question that is being edited', () => {
	const { draft, saved } = draftWith('next');
	draft.edit(QUESTION);
	draft.awaitConfirmation();
	draft.settle({ ...RUNNING, begun: true });
	assert.deepEqual(saved, ['next']);
});
