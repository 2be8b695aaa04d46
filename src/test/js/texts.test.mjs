import assert from 'node:assert/strict';
import test from 'node:test';

const bundle = {
	'models.context': 'سياق {0}', 'tokens.other': '{0} رمز', 'reasons.model_not_offered': 'النموذج {0} غير متاح.',
	'reasons.own_answers': 'تُكتب {0} إجابات.',
};
globalThis.document = {
	documentElement: { lang: 'ar', dir: 'rtl' },
	getElementById: () => ({ textContent: JSON.stringify(bundle) }),
};
const { fill, joined, texts } = await import('../../main/resources/static/js/lib/texts.js');

test('a name in a text from right to left keeps its own direction', () => {
	assert.equal(fill(texts.reasons.model_not_offered, 'acme/large:free'), 'النموذج \u2068acme/large:free\u2069 غير متاح.');
	assert.equal(fill(bundle['models.context'], '128K'), 'سياق \u2068128K\u2069');
});

test('a number stays as it is', () => {
	assert.equal(fill(texts.reasons.own_answers, 4), `تُكتب ${new Intl.NumberFormat('ar').format(4)} إجابات.`);
});

test('money keeps its sign behind its digits', () => {
	assert.match(texts.cost(0.0037), /^\u2066.+US\$\u2069$/);
	assert.match(texts.cost(0.00001), /^\u2066< .+\u2069$/);
});

test('facts side by side stay apart', () => {
	assert.equal(joined(['12 KB', null, '$0.02']), '\u206812 KB\u2069 · \u2068$0.02\u2069');
});
