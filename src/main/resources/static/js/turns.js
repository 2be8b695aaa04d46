import { AnswerTurn, QuestionTurn } from './turn.js';

/** The turns on the page, oldest first, and what is remembered of them. */
export class Turns {

	#list;
	#onPainted;
	#turns = [];

	/** @param {HTMLElement} list the element that holds the turns and nothing else */
	constructor(list, onPainted) {
		this.#list = list;
		this.#onPainted = onPainted;
	}

	get isEmpty() {
		return this.#turns.length === 0;
	}

	get last() {
		return this.#turns.at(-1);
	}

	get lastQuestion() {
		return this.#turns.findLast(({ record }) => record.role === 'user')?.record.text ?? '';
	}

	/** How much text a model is told that goes on from here. */
	get characters() {
		return this.#turns.reduce((sum, { record }) => sum + (record.text ?? record.markdown ?? '').length, 0);
	}

	/** The turn that this one follows. */
	before(turn) {
		return this.#turns[this.#turns.indexOf(turn) - 1];
	}

	shownBy(element) {
		return this.#turns.find((turn) => turn.element === element);
	}

	has(streamId) {
		return this.#turns.some(({ record }) => record.streamId === streamId);
	}

	addQuestion(text) {
		return this.#add(new QuestionTurn({ role: 'user', text, at: Date.now() }));
	}

	addAnswer() {
		return this.#add(this.#answer({ role: 'assistant', state: 'thinking', at: Date.now() }));
	}

	remove(turn) {
		this.#turns = this.#turns.filter((other) => other !== turn);
		turn.element.remove();
	}

	/** Makes the page show these records; turns that show theirs already stay as they are. */
	restore(records) {
		const other = this.#turns.findIndex(({ record }, at) => !isSame(record, records[at]));
		const kept = other < 0 ? this.#turns.length : other;
		this.#turns.slice(kept).forEach((turn) => this.remove(turn));
		records.slice(kept).forEach((record) => this.#add(this.#turnOf(record)));
	}

	/** Puts the question in front of an answer that stands there without one. */
	adoptQuestion(answer, records) {
		const question = records[records.findIndex(({ streamId }) => streamId && streamId === answer.record.streamId) - 1];
		if (question?.role === 'user' && this.before(answer)?.record.role !== 'user') {
			const turn = new QuestionTurn(question);
			this.#turns.splice(this.#turns.indexOf(answer), 0, turn);
			answer.element.before(turn.element);
		}
	}

	/** Plain data for each turn, with an answer's HTML as far as it has come. */
	snapshot() {
		return this.#turns.map((turn) => turn.snapshot());
	}

	/** The turns before the last exchange are left out of layout while they are out of view. */
	#add(turn) {
		this.#turns.at(-2)?.element.classList.add('settled');
		this.#turns.push(turn);
		this.#list.append(turn.element);
		return turn;
	}

	#turnOf(record) {
		return record.role === 'user' ? new QuestionTurn(record) : this.#answer(record);
	}

	#answer(record) {
		return new AnswerTurn(record, this.#onPainted);
	}

}

function isSame(shown, remembered) {
	return remembered && shown.id === remembered.id && shown.role === remembered.role && shown.state === remembered.state;
}
