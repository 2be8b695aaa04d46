import { say } from '../lib/events.js';
import { load } from '../lib/lazy.js';
import { texts } from '../lib/texts.js';

/** A longer file is saved as the server sends it, because drawing it would take long. In characters. */
const MAX_CHARS = 3_000_000;

/** An attached file, which takes no time to draw. */
const ATTACHED = /;base64,[\w+/=]+/g;

/**
 * Saves a conversation as an HTML file. The server knows neither the colours of code nor the look of formulas, so the page
 * adds both: colours as elements, formulas as MathML. The file needs no script. If that fails, the server's own file is
 * saved.
 *
 * @param {HTMLAnchorElement} link leads to the file
 */
export async function saveHtml({ href }) {
	try {
		const response = await fetch(href);
		const html = await response.text();
		const { save } = await load('answer/formats.js');
		save(html.replace(ATTACHED, '').length > MAX_CHARS ? html : await drawn(html), nameIn(response.headers), 'text/html');
		say(texts.saved);
	} catch {
		location.assign(href);
	}
}

/** @returns {Promise<string>} the file with all that can be drawn */
async function drawn(html) {
	const file = new DOMParser().parseFromString(html, 'text/html');
	const code = [...file.querySelectorAll('pre > code[class]')];
	const formulas = [...file.querySelectorAll('.math')];
	const { colouredHtml } = code.length ? await load('answer/highlight.js') : {};
	const { mathmlOf } = formulas.length ? await load('answer/formulas.js') : {};
	for (const element of code) {
		element.innerHTML = (await colouredHtml(element)) ?? element.innerHTML;
	}
	for (const element of formulas) {
		element.innerHTML = mathmlOf(element) ?? element.innerHTML;
	}
	return `<!DOCTYPE html>\n${file.documentElement.outerHTML}\n`;
}

/** The name that the server gives the file. */
function nameIn(headers) {
	const [, name] = /filename\*=UTF-8''([^;]+)/i.exec(headers.get('Content-Disposition') ?? '') ?? [];
	return name ? decodeURIComponent(name) : 'chat.html';
}
