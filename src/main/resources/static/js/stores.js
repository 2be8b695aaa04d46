import { texts } from './lib/texts.js';

/**
 * The stores that the controls show. Alpine observes them. The classes that write them are apart from them, because
 * Alpine cannot observe their private fields.
 */

/** The store `answer`: the state of the conversation and of its last answer. Only `Chat` writes it. */
export function answerStore() {
	return {
		phase: 'idle',

		get busy() {
			return this.phase !== 'idle';
		},
	};
}

/**
 * The store `draft`: what the message box shows. Only `Draft`, `Files` and the box write it.
 *
 * @param {number} limit the maximum number of characters
 */
export function draftStore(limit) {
	return {
		text: '',
		queued: '',
		queuedFiles: '',
		files: [],
		attaching: 0,
		limit,

		get isTooLong() {
			return this.text.length > this.limit;
		},

		/** Whether a file is not on the server. `attaching` counts what is about to be shown. */
		get isUploading() {
			return this.attaching > 0 || this.files.some(({ state }) => state !== 'done');
		},
	};
}

/** The store `page`: the state of the page around the conversation. `standing` is a notice that stays. */
export function pageStore() {
	return {
		online: navigator.onLine,
		standing: navigator.cookieEnabled ? '' : texts.noCookies,
		atEnd: true,
		news: false,
		models: [],
	};
}
