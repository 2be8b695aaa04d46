/**
 * The events by which the parts of the page tell each other what happened. Each is dispatched on the window, as `runnel-`
 * and its name:
 *
 * - `say`: a short notice for the reader
 * - `begun`, `answering`, `answered`: a new conversation has its id; a conversation has a running answer, or none has; the
 *   answer has ended
 * - `drafted`: the page has put a text into the message box, for the reader to go on writing
 * - `preference`: the reader changed a choice
 * - `models`: the names of the models are known
 * - `presets`: a preset was stored or deleted
 * - `preset`: the reader wants the settings that the event names
 * - `pick`: the reader wants another model, with the ability that the event names
 * - `outdated`: the server has newer files than this page
 */
const PREFIX = 'runnel-';

/** @param {unknown} [detail] passed to the listeners */
export function announce(name, detail) {
	dispatchEvent(new CustomEvent(PREFIX + name, { detail }));
}

/** @param {(detail: unknown) => void} listener */
export function on(name, listener) {
	addEventListener(PREFIX + name, ({ detail }) => listener(detail));
}

/** Shows a short notice to the reader. Without a text the last notice stays. */
export function say(notice) {
	if (notice) {
		announce('say', notice);
	}
}
