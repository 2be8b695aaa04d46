import { AnswerTurn } from './answer-turn.js';
import { QuestionTurn } from './question-turn.js';
import { isSame, recordIn } from './records.js';
import { isZoneKnown } from '../lib/clock.js';

/** The turns of one branch on the page, oldest first. */
export class Turns {

	#list;
	#onPainted;
	#turns;

	/** @param {HTMLElement} list the element that holds the turns and nothing else; the turns in it are adopted */
	constructor(list, onPainted) {
		this.#list = list;
		this.#onPainted = onPainted;
		this.#turns = [...list.children].map((element) => this.#turnOf(recordIn(element), element));
		if (!isZoneKnown) {
			this.#turns.forEach((turn, at) => turn.showDay?.(this.#turns[at - 1]));
		}
	}

	get isEmpty() {
		return this.#turns.length === 0;
	}

	get last() {
		return this.#turns.at(-1);
	}

	/** The last turn with an id from the server. A turn that was stopped at once may never have reached the server. */
	get lastStored() {
		return this.#turns.findLast(({ id }) => id);
	}

	get lastQuestion() {
		return this.#turns.findLast(({ record }) => record.role === 'user');
	}

	/** The characters of these turns, which the model receives before the next question. */
	get characters() {
		return this.#turns.reduce((sum, { record }) => sum + lengthOf(record), 0);
	}

	/** The turn before this one. */
	before(turn) {
		return this.#turns[this.#turns.indexOf(turn) - 1];
	}

	shownBy(element) {
		return this.#turns.find((turn) => turn.element === element);
	}

	elementOf(id) {
		return this.#turns.find((turn) => turn.id === id)?.element ?? null;
	}

	addQuestion(record) {
		return this.#add(new QuestionTurn({ role: 'user', createdAt: new Date().toISOString(), ...record }));
	}

	addAnswer() {
		return this.#add(this.#answer({ role: 'assistant', state: 'streaming', createdAt: new Date().toISOString() }));
	}

	/** Removes a turn and all turns after it from the page. */
	removeFrom(turn) {
		const at = this.#turns.indexOf(turn);
		if (at >= 0) {
			this.#turns.splice(at).forEach(({ element }) => element.remove());
		}
	}

	/** Shows this branch. Turns of it that are on the page stay and are updated. */
	show(records) {
		const kept = this.#countOfSame(records);
		if (kept < this.#turns.length) {
			this.removeFrom(this.#turns[kept]);
		}
		this.#turns.forEach((turn, at) => turn.learn(records[at]));
		records.slice(kept).forEach((record) => this.#add(this.#turnOf({ ...record })));
	}

	/** Shows the names of the models. */
	showModels() {
		this.#turns.forEach((turn) => turn.showModel?.());
	}

	/** Whether the page can show this branch without reading the HTML of its answers. */
	canShow(records) {
		const isPlain = ({ role, content, reasoning }) => role === 'user' || !(content || reasoning);
		return records.slice(this.#countOfSame(records)).every(isPlain);
	}

	/**
	 * @param {(id: string) => {at: number, count: number}} placeOf gives the index of a message among its versions, and
	 * their count
	 */
	showVersions(placeOf) {
		for (const turn of this.#turns) {
			const { at, count } = placeOf(turn.id);
			turn.showVersions(at, count);
		}
	}

	#countOfSame(records) {
		const other = this.#turns.findIndex(({ record }, at) => !isSame(record, records[at]));
		return other < 0 ? this.#turns.length : other;
	}

	/** Adds a turn. The browser skips the layout of turns before the last exchange while they are out of view. */
	#add(turn) {
		this.#turns.at(-2)?.element.classList.add('settled');
		turn.showDay?.(this.last);
		this.#turns.push(turn);
		this.#list.append(turn.element);
		return turn;
	}

	#turnOf(record, element) {
		return record.role === 'user' ? new QuestionTurn(record, element) : this.#answer(record, element);
	}

	#answer(record, element) {
		return new AnswerTurn(record, this.#onPainted, element);
	}

}

/** A file takes as much of a context as the text of its tokens. */
function lengthOf({ content, attachments }) {
	return (attachments ?? []).reduce((sum, { tokens }) => sum + 4 * tokens, (content ?? '').length);
}
