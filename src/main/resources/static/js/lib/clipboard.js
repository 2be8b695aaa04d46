/**
 * Copies text, and the same with its formatting for programs that take that. Both may still be on their way. A plain http
 * origin has no clipboard API, so a text area is used there. Without the HTML only the text is copied.
 *
 * @param {string|Promise<string>} text
 * @param {Promise<string>} [html]
 */
export async function copy(text, html) {
	html?.catch(() => {});
	if (!navigator.clipboard) {
		copyFromArea(await text, await html?.catch(() => ''));
	} else if (html && navigator.clipboard.write) {
		await copyBoth(text, html).catch(async () => navigator.clipboard.writeText(await text));
	} else {
		await navigator.clipboard.writeText(await text);
	}
}

function copyBoth(text, html) {
	const blobOf = async (content, type) => new Blob([await content], { type });
	return navigator.clipboard.write([new ClipboardItem({
		'text/plain': blobOf(text, 'text/plain'),
		'text/html': blobOf(html, 'text/html'),
	})]);
}

function copyFromArea(text, html) {
	const area = document.createElement('textarea');
	area.value = text;
	area.className = 'unseen';
	document.body.append(area);
	area.select();
	if (html) {
		area.addEventListener('copy', (event) => {
			event.preventDefault();
			event.clipboardData.setData('text/plain', text);
			event.clipboardData.setData('text/html', html);
		});
	}
	document.execCommand('copy');
	area.remove();
}
