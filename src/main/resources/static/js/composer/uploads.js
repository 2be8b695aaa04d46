import { rangeOf, shownOf, sizeOf } from './file-facts.js';
import { MAX_FILES } from './queue.js';
import { say } from '../lib/events.js';
import { load, style } from '../lib/lazy.js';
import { fill, texts } from '../lib/texts.js';
import { discard, isGone, pagesOf, upload } from '../stream/upload.js';

await style('dialogs');
// The question will show its files at once.
load('answer/attached.js').catch(() => {});

/** Pages as the reader types them: `3-7`, or `5`. */
const RANGE = /^\s*(\d{1,4})\s*(?:[-–]\s*(\d{1,4})\s*)?$/;

/** Uploads the files of the next question as soon as they are chosen, one after the other, and shows them. */
export class Uploads {

	#shown;
	#onChange;
	#aborts = new Map();
	#uploads = Promise.resolve();
	#count = 0;

	/**
	 * @param {{files: object[]}} shown the store that shows the files
	 * @param {() => void} onChange called when a file has come or gone
	 */
	constructor(shown, onChange) {
		this.#shown = shown;
		this.#onChange = onChange;
	}

	/** Shows files that were uploaded before the page was loaded, or with a message that waited. The server keeps them for a day. */
	restore(attachments) {
		const restored = attachments.map((attachment) => ({ key: ++this.#count, name: attachment.name, ...shownOf(attachment) }));
		this.#shown.files = [...restored, ...this.#shown.files];
		restored.forEach(({ key, attachment }) => this.#check(key, attachment));
	}

	async #check(key, attachment) {
		if (await isGone(attachment)) {
			this.#change(key, { state: 'failed', facts: texts.fileGone, thumbnail: null, range: '' });
		}
	}

	/** @param {File[]} files */
	add(files) {
		const room = Math.max(0, MAX_FILES - this.#shown.files.length);
		if (files.length > room) {
			say(fill(texts.tooManyFiles, MAX_FILES));
		}
		files.slice(0, room).forEach((file) => this.#add(file, ''));
	}

	/** Makes a file of a long text that was pasted. @returns {boolean} false if there are as many files as possible */
	addText(text) {
		const hasRoom = this.#shown.files.length < MAX_FILES;
		if (hasRoom) {
			this.#add(new File([text], texts.pastedText, { type: 'text/plain' }), text);
		}
		return hasRoom;
	}

	remove(key) {
		const file = this.#find(key);
		this.#aborts.get(key)?.abort();
		this.#aborts.delete(key);
		this.#shown.files = this.#shown.files.filter((one) => one.key !== key);
		if (file?.attachment) {
			discard(file.attachment);
			discardOther(file.whole, file.attachment);
		}
		this.#onChange();
	}

	/** Replaces a PDF by the pages that this field names. Anything else in the field changes nothing. */
	choosePages(key, field) {
		const [, first, last = first] = RANGE.exec(field.value) ?? [];
		if (first) {
			this.#takePages(key, Number(first), Number(last));
		} else {
			field.value = this.#find(key)?.range ?? '';
		}
	}

	async #takePages(key, first, last) {
		const { attachment, whole, range } = this.#find(key);
		const from = within(first, 1, whole.pages);
		const to = within(last, from, whole.pages);
		if (rangeOf(from, to) === range) {
			return;
		}
		this.#change(key, { state: 'sending', progress: 0 });
		try {
			const part = to - from + 1 === whole.pages ? whole : await pagesOf(whole, from, to);
			this.#change(key, { ...shownOf(part), whole, range: rangeOf(from, to) });
			discardOther(attachment, whole);
		} catch ({ message }) {
			say(message);
			this.#change(key, { state: 'done', progress: 1 });
		}
		this.#onChange();
	}

	/** Removes the files, because they are sent with a question. */
	clear() {
		this.#shown.files.forEach(({ whole, attachment }) => discardOther(whole, attachment));
		this.#shown.files = [];
	}

	#add(file, pasted) {
		const key = ++this.#count;
		this.#aborts.set(key, new AbortController());
		const begun = { state: 'sending', progress: 0, facts: sizeOf(file), thumbnail: null, range: '' };
		this.#shown.files.push({ key, name: file.name, ...begun, pasted });
		this.#uploads = this.#uploads.then(() => this.#upload(key, file));
	}

	/** Uploads a file, unless it was removed meanwhile. */
	async #upload(key, file) {
		const { signal } = this.#aborts.get(key) ?? {};
		if (!signal) {
			return;
		}
		const onProgress = (progress) => this.#change(key, { progress });
		await uploaded(file, onProgress, signal)
			.then((attachment) => this.#change(key, shownOf(attachment)))
			.catch(({ message }) => this.#change(key, { state: 'failed', facts: message }));
		this.#aborts.delete(key);
		this.#onChange();
	}

	#change(key, what) {
		Object.assign(this.#find(key) ?? {}, what);
	}

	#find(key) {
		return this.#shown.files.find((one) => one.key === key);
	}

}

/** Uploads a file, unless it is empty: the server would refuse it. */
function uploaded(file, onProgress, signal) {
	return file.size > 0 ? upload(file, onProgress, signal) : Promise.reject(new Error(texts.reasons.file_empty));
}

/** Deletes one of two files, the PDF or some pages of it, unless they are the same. */
function discardOther(file, kept) {
	if (file && file.id !== kept.id) {
		discard(file);
	}
}

function within(number, least, most) {
	return Math.min(Math.max(number, least), most);
}
