import { focusBox, goOnWriting, keepFocus, messageBox } from './box.js';
import { isBlind } from './file-list.js';
import { MAX_FILES } from './queue.js';
import { isAnyOpen } from '../dialogs/dialog.js';
import { on, say } from '../lib/events.js';
import { isComposing, sends } from '../lib/keys.js';
import { preference } from '../lib/preferences.js';
import { fill, texts } from '../lib/texts.js';

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
		this.$watch('$store.answer.busy', () => this.$nextTick(() => keepFocus()));
		focusBox();
	}

	get busy() {
		return this.$store.answer.busy;
	}

	get isSendable() {
		const { text, isTooLong, isUploading } = this.$store.draft;
		return !isTooLong && !isUploading && text.trim() !== '' && !isBlind(this.$store);
	}

	get maySend() {
		return this.isSendable && !this.busy && this.$store.page.online;
	}

	/** With the setting to keep typing, a message that is sent while an answer is written waits for its end. */
	get maySendLater() {
		return this.isSendable && this.busy && this.typing && this.chat.mayWait;
	}

	get boxDisabled() {
		return this.busy && !this.typing;
	}

	/** Focuses the field when the pointer is pressed beside it, anywhere in the box. */
	focusFrom(event) {
		if (!this.boxDisabled && !event.target.closest('button, select, textarea')) {
			event.preventDefault();
			messageBox().focus();
		}
	}

	send() {
		if (this.maySend) {
			this.chat.send();
		} else if (this.maySendLater) {
			this.chat.sendLater();
		}
	}

	chooseFiles() {
		document.getElementById('files').click();
	}

	addFiles({ target }) {
		this.chat.files.add([...target.files]);
		target.value = '';
		focusBox();
	}

	takeBack() {
		this.chat.takeBack();
		if (this.$store.draft.queued) {
			say(fill(texts.tooManyFiles, MAX_FILES));
		}
		this.$nextTick(() => goOnWriting());
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
		if (this.busy && !isAnyOpen() && !event.shiftKey && !isComposing(event)) {
			this.stop();
		}
	}

}
