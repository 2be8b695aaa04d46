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

/** Whether an answer has anything to show. */
export function hasOutput({ content, reasoning, html, attachments }) {
	return Boolean(content || reasoning || html || attachments?.length);
}

export function mayResume({ state, finishReason }) {
	return state === 'stopped' || state === 'interrupted' || (state === 'complete' && ['length', 'budget'].includes(finishReason));
}

/**
 * Reads the record of a turn that the server rendered. The Markdown of an answer is not in it, so the rendered words
 * stand in for it. That of a question is, because the reader may copy or edit it at once.
 */
export function recordIn(element) {
	const { role, id, state, source, fallback, finish, thinking, markdown } = element.dataset;
	const words = (selector) => element.querySelector(selector)?.textContent ?? '';
	const record = { role, id, createdAt: element.querySelector('time').dateTime };
	if (role === 'user') {
		return { ...record, content: markdown ?? '' };
	}
	return {
		...record,
		state: ['thinking', 'responding'].includes(state) ? 'streaming' : state,
		source,
		fallback,
		finishReason: finish,
		timing: thinking ? { thinkingMs: Number(thinking) } : null,
		model: element.querySelector('.model').dataset.model,
		reasoning: words('.reasoning-text'),
		content: words('.prose').trim(),
		attachments: picturesIn(element),
	};
}

/** The pictures that the server has shown. The page needs only to know them again. */
function picturesIn(element) {
	return [...element.querySelectorAll('.drawn img')].map((picture) => ({ id: picture.src.split('/').at(-1), tokens: 0 }));
}
