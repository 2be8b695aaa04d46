import { say } from '../lib/events.js';
import { decimal, fill, texts } from '../lib/texts.js';
import { addressOf, discard, upload } from '../stream/upload.js';

const MOST = 10;
const KILOBYTE = 1024;

/**
 * The files of the next question. Each is uploaded as soon as it is chosen, one after the other, and the store shows it:
 * `state` is `sending`, `done` or `failed`. The page keeps what the server knows of it in `attachment`.
 */
export class Files {

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

	/** The uploaded files, as the server knows them. */
	get attachments() {
		return this.#shown.files.filter(({ state }) => state === 'done').map(({ attachment }) => ({ ...attachment }));
	}

	/** Shows files that were uploaded before the page was loaded. */
	restore(attachments) {
		this.#shown.files = attachments.map((attachment) => ({ key: ++this.#count, name: attachment.name, ...shownOf(attachment) }));
	}

	/** @param {File[]} files */
	add(files) {
		const room = Math.max(0, MOST - this.#shown.files.length);
		if (files.length > room) {
			say(fill(texts.tooManyFiles, MOST));
		}
		files.slice(0, room).forEach((file) => this.#add(file, ''));
	}

	/** Makes a file of a long text that was pasted. The reader may have the text back. */
	addText(text) {
		if (this.#shown.files.length < MOST) {
			this.#add(new File([text], texts.pastedText, { type: 'text/plain' }), text);
		}
	}

	remove(key) {
		const file = this.#find(key);
		this.#aborts.get(key)?.abort();
		this.#aborts.delete(key);
		this.#shown.files = this.#shown.files.filter((one) => one.key !== key);
		if (file?.attachment) {
			discard(file.attachment);
		}
		this.#onChange();
	}

	/** Removes the files that are sent with a question. @returns {object[]} these files, as the server knows them */
	take() {
		const { attachments } = this;
		this.#shown.files = [];
		return attachments;
	}

	#add(file, pasted) {
		const key = ++this.#count;
		this.#aborts.set(key, new AbortController());
		this.#shown.files.push({ key, name: file.name, state: 'sending', progress: 0, facts: sizeOf(file), thumbnail: null, pasted });
		this.#uploads = this.#uploads.then(() => this.#upload(key, file));
	}

	/** Uploads a file, unless it was removed meanwhile. */
	async #upload(key, file) {
		const { signal } = this.#aborts.get(key) ?? {};
		if (!signal) {
			return;
		}
		const onProgress = (progress) => this.#change(key, { progress });
		await upload(file, onProgress, signal)
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

function shownOf(attachment) {
	const { type, pages, tokens } = attachment;
	const facts = [sizeOf(attachment), pages && texts.pages(pages), texts.tokens(tokens)].filter(Boolean).join(' · ');
	return { state: 'done', progress: 1, facts, thumbnail: type.startsWith('image/') ? addressOf(attachment) : null, attachment };
}

function sizeOf({ size }) {
	const kilobytes = size / KILOBYTE;
	return kilobytes < KILOBYTE ? fill(texts.kilobytes, Math.ceil(kilobytes)) : fill(texts.megabytes, decimal(kilobytes / KILOBYTE));
}
