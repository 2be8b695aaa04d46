import { fill, texts } from '../lib/texts.js';
import { chosenModel } from './model-choice.js';

const RANGE = /^\s*(\d{1,4})\s*(?:[-–]\s*(\d{1,4})\s*)?$/;

/** The Alpine component of the files of the next question. */
export class FileList {

	/** @param {Chat} chat */
	constructor(chat) {
		this.chat = chat;
	}

	/** Says that the chosen model cannot see the pictures; empty if it can, or if nobody knows. */
	get blindText() {
		return isBlind(this.$store) ? fill(texts.blind, chosenModel(this.$store).name) : '';
	}

	remove(file) {
		this.chat.files.remove(file.key);
	}

	/** Takes some pages of a PDF: `3-7`, or `5`. Anything else changes nothing. */
	choosePages(file, { target }) {
		const [, first, last = first] = RANGE.exec(target.value) ?? [];
		if (first) {
			this.chat.files.choosePages(file.key, Number(first), Number(last));
		} else {
			target.value = file.range;
		}
	}

	/** Puts a long text that was pasted into the message box after all. */
	insertText(file) {
		const { pasted } = file;
		this.remove(file);
		this.chat.draft.add(pasted);
	}

	chooseModel() {
		document.querySelector('.model-choice').click();
	}

}

/** Whether there are pictures that the chosen model is known not to see. */
export function isBlind(stores) {
	const senses = chosenModel(stores)?.inputModalities ?? [];
	return senses.length > 0 && !senses.includes('image') && stores.draft.files.some(({ thumbnail }) => thumbnail);
}
