import { texts } from '../lib/texts.js';
import { addressOf } from '../stream/api.js';

/**
 * Shows the files of a question, as the server does.
 *
 * @param {HTMLElement} list
 * @param {object[]} files at least one
 */
export function showFiles(list, files) {
	list.hidden = false;
	list.replaceChildren(...files.map(itemOf));
}

/**
 * Shows the pictures of an answer that the list lacks, as the server does. Those that it has stay.
 *
 * @param {HTMLElement} list
 * @param {object[]} pictures at least one
 */
export function showPictures(list, pictures) {
	list.hidden = false;
	for (const picture of pictures.slice(list.childElementCount)) {
		const item = itemOf(picture);
		item.append(downloadOf(picture));
		list.append(item);
	}
}

function downloadOf(picture) {
	const link = document.createElement('a');
	const { name } = picture;
	return Object.assign(link, { className: 'quiet', href: addressOf(picture), download: name, textContent: texts.download });
}

function itemOf(file) {
	const item = document.createElement('li');
	const link = document.createElement('a');
	link.href = addressOf(file);
	link.dir = 'auto';
	if (file.type.startsWith('image/')) {
		link.target = '_blank';
		link.append(pictureOf(file));
	} else {
		link.download = link.title = file.name;
		link.append(icon(), ' ', file.name);
	}
	item.append(link);
	return item;
}

/** The icon of a file, as the buttons of a turn show theirs. */
function icon() {
	const drawn = document.querySelector('.icon').cloneNode(true);
	drawn.querySelector('use').setAttribute('href', '#i-file');
	return drawn;
}

function pictureOf({ id, name, width, height }) {
	const picture = document.createElement('img');
	return Object.assign(picture, { loading: 'lazy', alt: name, title: name, width, height, src: addressOf({ id }) });
}
