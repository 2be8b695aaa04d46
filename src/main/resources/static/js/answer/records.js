/**
 * Whether a shown message is the stored one, with the same outcome. An answer that was shown while it was written may
 * have changed since. `failed` and `interrupted` are the same outcome.
 */
export function isSame(shown, stored) {
	return stored && shown.id === stored.id && outcome(shown) === outcome(stored);
}

function outcome({ state }) {
	return state === 'failed' ? 'interrupted' : state;
}

/**
 * Reads the record of a turn that the server rendered. The Markdown of an answer is not in it, so the rendered words
 * stand in for it. That of a question is, because the reader may copy or edit it at once.
 */
export function recordIn(element) {
	const { role, id, state, source, finish, thinking, markdown } = element.dataset;
	const words = (selector) => element.querySelector(selector)?.textContent ?? '';
	const record = { role, id, createdAt: element.querySelector('time').dateTime };
	if (role === 'user') {
		return { ...record, content: markdown ?? '' };
	}
	return {
		...record,
		state: ['thinking', 'responding'].includes(state) ? 'streaming' : state,
		source,
		finishReason: finish,
		timing: thinking ? { thinkingMs: Number(thinking) } : null,
		model: element.querySelector('.model').dataset.model,
		reasoning: words('.reasoning-text'),
		content: words('.prose').trim(),
	};
}
