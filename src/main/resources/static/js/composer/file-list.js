import { defaultOf } from '../dialogs/models.js';
import { announce } from '../lib/events.js';
import { preference } from '../lib/preferences.js';
import { fill, texts } from '../lib/texts.js';
import { chosenModel, useModel } from './model-choice.js';

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

	/** Names a model that sees and that the reader need not look up: one that was used before, or the default. */
	get seeingText() {
		const model = this.blindText && seeingOf(this.$store.page.models);
		return model ? fill(texts.useModel, model.name) : '';
	}

	useSeeing() {
		return useModel(this.chat.conversation, seeingOf(this.$store.page.models).id);
	}

	remove(file) {
		this.chat.files.remove(file.key);
	}

	choosePages(file, { target }) {
		this.chat.files.choosePages(file.key, target);
	}

	/** Puts a long text that was pasted into the message box after all. */
	insertText(file) {
		const { pasted } = file;
		this.remove(file);
		this.chat.draft.add(pasted);
	}

	chooseModel() {
		announce('pick', 'images');
	}

}

function sees(model) {
	return model?.inputModalities?.includes('image');
}

function seeingOf(models) {
	const known = [...preference('recent'), ...preference('favourites')].map((one) => models.find(({ id }) => id === one));
	return [...known, defaultOf(models)].find(sees);
}

/** Whether there are pictures that the chosen model is known not to see. */
export function isBlind(stores) {
	const model = chosenModel(stores);
	return model?.inputModalities?.length > 0 && !sees(model) && stores.draft.files.some(({ thumbnail }) => thumbnail);
}
