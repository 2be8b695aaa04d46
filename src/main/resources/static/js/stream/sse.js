/**
 * Server-sent events as pure steps: bytes to text, text to lines, lines to events.
 * Nothing here touches the page, so all of it runs in plain Node as well.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */

/** Cuts text into lines at LF, CR LF or CR. A chunk of text may end anywhere. */
export class Lines {

	#rest = '';
	#afterReturn = false;

	/** @returns {string[]} the lines that this text completes, without their line ends */
	push(text) {
		if (text === '') {
			return [];
		}
		const fresh = this.#afterReturn && text.startsWith('\n') ? text.slice(1) : text;
		this.#afterReturn = fresh.endsWith('\r');
		const lines = fresh.split(/\r\n|\r|\n/);
		lines[0] = this.#rest + lines[0];
		this.#rest = lines.pop();
		return lines;
	}

}

/** Gathers lines into events; an event is complete at its blank line. */
export class Events {

	/** The last `id` seen, to be sent as `Last-Event-ID`; empty before the first. */
	lastId = '';

	#name = '';
	#data = [];

	/** @returns {{event: string, data: string, id: string}|undefined} the event that this line completes */
	push(line) {
		if (line === '') {
			return this.#complete();
		}
		const colon = line.indexOf(':');
		const field = colon < 0 ? line : line.slice(0, colon);
		this.#set(field, colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1)));
	}

	#set(field, value) {
		if (field === 'data') {
			this.#data.push(value);
		} else if (field === 'event') {
			this.#name = value;
		} else if (field === 'id' && !value.includes('\0')) {
			this.lastId = value;
		}
	}

	#complete() {
		const name = this.#name || 'message';
		const data = this.#data;
		this.#name = '';
		this.#data = [];
		return data.length === 0 ? undefined : { event: name, data: data.join('\n'), id: this.lastId };
	}

}

/** The three steps in a row. An incomplete event at the end of the bytes is dropped, as the specification asks. */
export class EventReader {

	#decoder = new TextDecoder();
	#lines = new Lines();
	#events = new Events();

	/** @returns {{event: string, data: string, id: string}[]} the events that these bytes complete */
	push(bytes) {
		const text = this.#decoder.decode(bytes, { stream: true });
		return this.#lines.push(text).map((line) => this.#events.push(line)).filter(Boolean);
	}

}
