import { decimal, fill, texts } from '../lib/texts.js';

/** Writes all that is known of an answer into a list. @param {HTMLDListElement} list */
export function fillFacts(list, record) {
	list.replaceChildren(...factsOf(record).map(([name, value]) => {
		const row = document.createElement('div');
		row.append(element('dt', texts.facts[name]), element('dd', value));
		return row;
	}));
}

/** @returns {[string, string][]} names and values; what is not known is left out */
function factsOf({ model, provider, usage, timing }) {
	const shown = (value, show) => value != null && show(value);
	return [
		['model', model],
		['provider', provider],
		['prompt', shown(usage?.promptTokens, texts.tokens)],
		['completion', shown(usage?.completionTokens, texts.tokens)],
		['reasoning', shown(usage?.reasoningTokens, texts.tokens)],
		['cost', shown(usage?.cost, texts.cost)],
		['firstToken', shown(timing?.firstTokenMs, texts.duration)],
		['total', shown(timing?.totalMs, texts.duration)],
		['pace', paceOf(usage, timing)],
	].filter(([, value]) => value);
}

/** Tokens per second of writing. Left out if the answer came within 0.1 s, because the figure would mean nothing. */
function paceOf(usage, timing) {
	const seconds = (timing?.totalMs - timing?.firstTokenMs) / 1000;
	return usage?.completionTokens && seconds >= 0.1 ? fill(texts.pace, decimal(usage.completionTokens / seconds)) : '';
}

function element(kind, text) {
	return Object.assign(document.createElement(kind), { textContent: text, dir: 'auto' });
}
