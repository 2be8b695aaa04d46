import { withoutNulls } from './kept-settings.js';

/** Sends the reader's questions: new ones, other versions of asked ones, and requests for another answer. */
export class Questions {

	#conversation;
	#turns;
	#settings;
	#readAnswer;

	/**
	 * @param {Conversation} conversation
	 * @param {Turns} turns the turns on the page; a question and its answer are added here
	 * @param {KeptSettings} settings
	 * @param {(turn: object, begin: (live: LiveStream) => Promise<void>) => Promise<void>} readAnswer
	 */
	constructor(conversation, turns, settings, readAnswer) {
		this.#conversation = conversation;
		this.#turns = turns;
		this.#settings = settings;
		this.#readAnswer = readAnswer;
	}

	/**
	 * Asks a new question, or replaces a question that was refused.
	 *
	 * @param {object[]} [attachments] its files, as the server knows them
	 */
	ask(text, attachments = []) {
		if (this.#conversation.answer.problem?.retryable === false) {
			return this.edit(this.#turns.lastQuestion, text, attachments);
		}
		const conversationId = this.#conversation.id;
		const parentId = this.#turns.lastStored?.id;
		return this.#ask({ content: text, parentId, attachments }, { conversationId, parentId: conversationId && parentId });
	}

	/**
	 * Asks another question in place of this one. The old question and its answers stay as another version.
	 *
	 * @param {object[]} [attachments] the files; those of the old question if none are given
	 */
	edit(question, text, attachments = question.record.attachments) {
		const place = this.#placeOf(question);
		const { parentId } = question.record;
		this.#turns.removeFrom(question);
		return this.#ask({ content: text, parentId, attachments }, place);
	}

	/**
	 * Asks for another answer to the same question. The old answer stays as another version.
	 *
	 * @param {{model?: string}} [options] the model to ask instead of the conversation's
	 */
	regenerate(answer, options) {
		const question = this.#turns.before(answer);
		if (!question) {
			return undefined;
		}
		const place = this.#placeOf(question);
		this.#turns.removeFrom(answer);
		return this.#answerTo({ ...options, ...wordsOf(question.record), ...place });
	}

	/** Asks the last question again, in place of the failed answer. */
	retry() {
		return this.regenerate(this.#turns.last);
	}

	/** Asks the model to continue the last answer. */
	resumeLast() {
		return this.resumeAnswer(this.#turns.last);
	}

	/** Asks the model to continue this answer where it ended. */
	resumeAnswer(answer) {
		answer.resumeAnswer();
		return this.#readAnswer(answer, (live) => live.ask({ continueId: answer.id, conversationId: this.#conversation.id }));
	}

	/**
	 * The place of a question that replaces another one. With the same text the server adds another answer to the old
	 * question, with another text another version of the question. A question that never reached the server keeps its
	 * intended place.
	 */
	#placeOf(question) {
		return question.id ? { conversationId: this.#conversation.id, parentId: question.id } : question.place;
	}

	#ask(record, place) {
		const question = this.#turns.addQuestion(record);
		question.place = place;
		return this.#answerTo({ ...wordsOf(record), ...place });
	}

	#answerTo(question) {
		const turn = this.#turns.addAnswer();
		const temporary = this.#conversation.temporary ? { temporary: true } : {};
		const whole = { ...this.#settings.ofQuestion, ...withoutNulls(question), ...temporary };
		return this.#readAnswer(turn, (live) => this.#askKnownOrAnew(live, turn, whole));
	}

	/** Asks the question. If the server no longer knows the conversation, starts another one and tells the reader. */
	async #askKnownOrAnew(live, turn, question) {
		try {
			await live.ask(question);
		} catch (problem) {
			if (problem.status !== 404 || !question.conversationId) {
				throw problem;
			}
			if (this.#turns.before(this.#turns.before(turn))) {
				turn.forget();
			}
			this.#settings.markUnsaved();
			await live.ask({ ...this.#settings.ofQuestion, ...question, conversationId: undefined, parentId: undefined });
		}
	}

}

/** What a question says, as the server takes it. */
function wordsOf({ content, attachments }) {
	return { message: content, ...(attachments?.length ? { attachments: attachments.map(({ id }) => id) } : {}) };
}
