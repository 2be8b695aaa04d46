import { isAnyOpen } from '../dialogs/dialog.js';
import { on } from '../lib/events.js';
import { isComposing, isTouch, sends } from '../lib/keys.js';
import { preference } from '../lib/preferences.js';

/** The Alpine component of the message box and the buttons around it. */
export class Composer {

	typing = preference('typing');

	/** @param {Chat} chat */
	constructor(chat) {
		this.chat = chat;
	}

	init() {
		this.$watch('$store.draft.text', () => !this.boxDisabled && this.chat.draft.save());
		on('preference', ({ name, value }) => name === 'typing' && (this.typing = value));
		on('drafted', () => this.$nextTick(() => goOnWriting()));
		on('answered', () => this.$nextTick(() => focusBox()));
		focusBox();
	}

	get busy() {
		return this.$store.answer.busy;
	}

	get maySend() {
		const { text, isTooLong } = this.$store.draft;
		return !this.busy && this.$store.page.online && !isTooLong && text.trim() !== '';
	}

	/** With the setting to keep typing, Stop replaces Send while an answer is written. */
	get stopsInPlace() {
		return this.busy && this.typing;
	}

	get boxDisabled() {
		return this.busy && !this.typing;
	}

	send() {
		if (this.maySend) {
			this.chat.send();
		}
	}

	cancelEdit() {
		this.chat.draft.cancelEdit();
		focusBox();
	}

	/** Ignores the second click of a double click, because the button below the pointer may have changed. */
	ignoreDoubleClick(event) {
		if (event.detail > 1) {
			event.preventDefault();
			event.stopImmediatePropagation();
		}
	}

	stop() {
		this.chat.stop();
	}

	/** Pauses and focuses Resume, which replaces the pressed button. */
	pause() {
		this.chat.running.pause();
		this.$nextTick(() => document.getElementById('resume').focus());
	}

	/** Resumes and focuses Pause, which replaces the pressed button. */
	resume() {
		this.chat.running.resume();
		this.$nextTick(() => document.getElementById('pause').focus());
	}

	press(event) {
		if (event.key === 'Enter' && sends(event, preference('enter'))) {
			event.preventDefault();
			this.send();
		} else if (event.key === 'ArrowUp' && this.chat.draft.text === '' && !isComposing(event)) {
			event.preventDefault();
			this.chat.edit(this.chat.conversation.lastQuestion);
		}
	}

	escape(event) {
		if (isAnyOpen() || event.shiftKey || isComposing(event)) {
			return;
		}
		if (this.busy) {
			this.stop();
		} else if (this.chat.draft.question) {
			this.cancelEdit();
		}
	}

}

/**
 * Focuses the message box, except on touch screens (the keyboard would cover the page), while text is selected, and while
 * the focus is inside an answer, another field or a dialog.
 */
export function focusBox() {
	const isElsewhere = document.activeElement.closest('#turns *, input, select, dialog *');
	if (!isTouch() && !isElsewhere && document.getSelection().isCollapsed) {
		messageBox().focus({ preventScroll: true });
	}
}

/** Focuses the box, with the cursor behind its text. */
function goOnWriting() {
	const box = messageBox();
	box.focus();
	box.setSelectionRange(box.value.length, box.value.length);
}

function messageBox() {
	return document.getElementById('message');
}
