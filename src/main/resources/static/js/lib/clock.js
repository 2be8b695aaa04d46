import { language, texts } from './texts.js';

/** Times and days in the reader's time zone and language. */

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const page = globalThis.document?.documentElement;

/** Whether the server knew the zone when it rendered this page. If not, the cookie tells it for the next page. */
export const isZoneKnown = page?.dataset.zone === zone;

const hours = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
const all = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'medium' });
const dates = new Intl.DateTimeFormat(language, { dateStyle: 'long' });
const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
const months = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric' });

const YEAR_S = 31_536_000;
const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

export function rememberZone() {
	if (!isZoneKnown) {
		document.cookie = `zone=${zone}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax`;
	}
}

/** Shows a time. A time that the server rendered in the reader's zone stays as it is. */
export function showTime(element, at) {
	const date = new Date(at);
	if (isZoneKnown && Date.parse(element.dateTime) === date.getTime()) {
		return;
	}
	element.dateTime = date.toISOString();
	element.textContent = hours.format(date);
	element.title = all.format(date);
}

/**
 * Shows the date of a time, unless it is the date of the time before it.
 *
 * @param {HTMLElement} element
 * @param {string} at
 * @param {string} [before] today without it
 */
export function showDay(element, at, before) {
	const [date, last] = [new Date(at), before ? new Date(before) : new Date()].map((time) => dates.format(time));
	element.textContent = date === last ? '' : date;
	element.hidden = date === last;
}

/** @returns {string} the day of a time, in words */
export function dayOf(at) {
	return days.format(new Date(at));
}

/** @returns {{key: string, name: string}} the group of the list that a conversation with this time belongs to */
export function groupOf(at, now = new Date()) {
	const date = new Date(at);
	const ago = Math.round((midnight(now) - midnight(date)) / DAY_MS);
	if (ago > WEEK_DAYS) {
		return { key: `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`, name: months.format(date) };
	}
	const key = ago <= 0 ? 'today' : ago === 1 ? 'yesterday' : 'week';
	return { key, name: texts[key] };
}

function midnight(date) {
	return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
