/**
 * The texts that scripts put on the page, in the page's language. They come with the page, from its message bundle:
 * `script.endings.length` there is `texts.endings.length` here.
 */

const MIN_COST = 0.0001;

const page = globalThis.document?.documentElement;
const bundle = JSON.parse(globalThis.document?.getElementById('texts')?.textContent ?? '{}');

const isRightToLeft = page?.dir === 'rtl';

/** The page's language, for numbers and dates. */
export const language = page?.lang || 'en';

const plurals = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);
const dollars = new Intl.NumberFormat(language,
	{ style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', maximumSignificantDigits: 2, minimumSignificantDigits: 1 });
const decimals = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const texts = {
	problems: {},
	reasons: {},
	...tree(bundle),
	omitted: counted('omitted'),
	waitingWords: counted('waitingWords'),
	tryAgainIn: counted('tryAgainIn'),
	tokens: counted('tokens'),
	pages: counted('pages'),
	found: counted('found'),
	duration,
	cost,
};

/** Puts numbers and texts in place of `{0}`, `{1}` and so on. */
export function fill(text, ...values) {
	return (text ?? '').replace(/\{(\d)\}/g, (_, at) => shown(values[at]));
}

function shown(value) {
	return typeof value === 'number' ? numbers.format(value) : isolated(value);
}

/** Facts side by side; one that is not known is left out. */
export function joined(facts) {
	return facts.filter(Boolean).map(isolated).join(' · ');
}

/**
 * Keeps a name or an amount whole in a text from right to left: without these characters, Unicode would order its parts
 * by the text around it. A mere number needs none.
 */
function isolated(text) {
	return isRightToLeft && /[\p{L}\p{S}]/u.test(text) ? `\u2068${text}\u2069` : text;
}

export function decimal(number) {
	return decimals.format(number);
}

/** @returns {(count: number, ...more: unknown[]) => string} gives the text in the plural form of a number */
export function counted(name) {
	return (count, ...more) =>
		fill(bundle[`${name}.${plurals.select(count)}`] ?? bundle[`${name}.other`], numbers.format(count), ...more);
}

/** A cost in words. Nobody reads the digits of a smaller one. */
function cost(amount) {
	return leftToRight(amount > 0 && amount < MIN_COST ? `< ${dollars.format(MIN_COST)}` : dollars.format(amount));
}

/** Keeps the sign of money behind its digits, which the text around it, or a mark in it, would turn round. */
export function leftToRight(money) {
	return isRightToLeft ? `\u2066${money}\u2069` : money;
}

function duration(time) {
	return time < 100
		? fill(bundle.milliseconds, numbers.format(Math.round(time)))
		: fill(bundle.seconds, decimals.format(time / 1000));
}

/** Makes `{'a.b': 'text'}` readable as `a.b`. */
function tree(flat) {
	const root = {};
	for (const [key, text] of Object.entries(flat)) {
		const names = key.split('.');
		const last = names.pop();
		names.reduce((node, name) => (node[name] ??= {}), root)[last] = text;
	}
	return root;
}
