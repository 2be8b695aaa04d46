/** Reads the conversation again when the reader or the network comes back, because it may have changed meanwhile. */
export class Presence {

	#conversation;
	#page;
	#away = false;

	/**
	 * @param {Conversation} conversation
	 * @param {object} page the store that shows whether the browser is online
	 */
	constructor(conversation, page) {
		this.#conversation = conversation;
		this.#page = page;
		addEventListener('online', () => this.#setOnline(true));
		addEventListener('offline', () => this.#setOnline(false));
		addEventListener('blur', () => (this.#away = true));
		addEventListener('focus', () => this.#return());
		addEventListener('pageshow', ({ persisted }) => persisted && this.#return());
		document.addEventListener('visibilitychange', () => this.#return());
		addEventListener('pagehide', () => conversation.leave());
	}

	#setOnline(online) {
		this.#page.online = online;
		if (online) {
			this.#read(true);
		}
	}

	/** A return to the page causes up to three events. The conversation is read once. */
	#return() {
		if (document.visibilityState === 'hidden') {
			this.#away = true;
		} else if (this.#away) {
			this.#away = false;
			this.#read(false);
		}
	}

	#read(networkChanged) {
		this.#conversation.answer.running.nudge(networkChanged);
		this.#conversation.sync();
	}

}
