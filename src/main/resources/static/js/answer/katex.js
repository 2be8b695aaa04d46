const FOLDER = new URL('../../vendor/katex/', import.meta.url);

/** The fonts of most formulas. One that arrives after a formula is drawn would move the text behind it. */
const FONTS = ['1em KaTeX_Main', 'italic 1em KaTeX_Math', '1em KaTeX_Size1', '1em KaTeX_Size2'];

/** Loads the style sheet. The document gets the fonts, and each formula's shadow tree gets the rules. */
export async function stylesheet() {
	const link = document.createElement('link');
	link.rel = 'stylesheet';
	link.href = new URL('katex.min.css', FOLDER);
	await added(link);
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(Array.from(link.sheet.cssRules, (rule) => rule.cssText).join('\n'));
	// The element around a formula has the margin of a paragraph.
	sheet.insertRule('.katex-display { margin: 0 }', sheet.cssRules.length);
	return sheet;
}

/** Without a font the browser takes another one. */
export function fonts() {
	return Promise.all(FONTS.map((font) => document.fonts.load(font))).catch(() => {});
}

/** Loads KaTeX by a script element, because it is not a module. */
export function script() {
	const element = document.createElement('script');
	element.src = new URL('katex.min.js', FOLDER);
	return added(element);
}

function added(element) {
	return new Promise((resolve, reject) => {
		element.addEventListener('load', resolve);
		element.addEventListener('error', () => reject(new Error(`${element.localName} of KaTeX cannot be loaded`)));
		document.head.append(element);
	});
}
