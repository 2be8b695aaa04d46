import { fill, joined, language, leftToRight, texts } from '../lib/texts.js';
import { capabilitiesOf, isFree } from './model-facts.js';

const MILLION = 1_000_000;

const round = new Intl.NumberFormat(language, { notation: 'compact' });
const dollars = new Intl.NumberFormat(language, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', maximumFractionDigits: 2 });

/** The price of a million tokens. */
function perMillion(price) {
	return leftToRight(dollars.format(price * MILLION));
}

/** The size of a model's context, its prices, and what it can do, as far as they are known. The own network has a badge. */
export function aboutOf(model) {
	const { contextLength, promptPrice, completionPrice } = model;
	return joined([
		contextLength && fill(texts.models.context, round.format(contextLength)),
		promptPrice != null && completionPrice != null && !isFree(model)
			&& fill(texts.models.price, ...[promptPrice, completionPrice].map(perMillion)),
		...capabilitiesOf(model).filter((one) => one !== 'local').map((one) => texts.models[one]),
	]);
}
