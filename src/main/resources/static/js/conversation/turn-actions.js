import { base } from '../base.js';
import { say } from '../lib/events.js';
import { withModule } from '../lib/lazy.js';
import * as api from '../stream/api.js';

/** The actions of the buttons of a turn. They do nothing while an answer is being written. */
export class TurnActions {

	#chat;
	#conversation;
	#view;
	#choices = null;

	/** The answer whose menu was opened last. */
	#asked = null;

	/** @param {Chat} chat */
	constructor(chat) {
		this.#chat = chat;
		this.#conversation = chat.conversation;
		this.#view = chat.view;
	}

	/** @returns {Object<string, (article: HTMLElement) => void>} the actions on the turn of an element, by name */
	byName() {
		const actions = {
			edit: (question) => this.#chat.edit(question),
			regenerate: (answer) => this.#regenerate(answer),
			retry: (answer) => this.#regenerate(answer),
			choices: (answer, button) => this.#showChoices(answer, button),
			continue: (answer) => this.#conversation.questions.resumeAnswer(answer),
			previous: (turn) => this.#step(turn, -1),
			next: (turn) => this.#step(turn, 1),
			compare: (answer) => this.#compare(answer),
		};
		const onTurn = (act) => (article, button) => !this.#chat.busy && act(this.#conversation.shownBy(article), button);
		return {
			facts: (article, button) => showFacts(this.#conversation.shownBy(article), button),
			...Object.fromEntries(Object.entries(actions).map(([name, act]) => [name, onTurn(act)])),
		};
	}

	#regenerate(answer, options) {
		this.#conversation.questions.regenerate(answer, options);
		this.#view.showQuestion();
	}

	/** Shows the menu of the ways to get another answer. */
	#showChoices(answer, button) {
		const menu = document.getElementById('turn-menu');
		this.#asked = answer;
		return withModule('sidebar/menu.js', ({ Menu, openBeside }) => {
			this.#choices ??= new Menu(menu, {
				again: () => this.#regenerate(this.#asked),
				another: () => this.#askAnotherModel(this.#asked),
				branch: () => this.#branch(this.#asked),
			});
			menu.querySelector('[data-do=branch]').hidden = this.#conversation.temporary;
			openBeside(menu, button);
			menu.querySelector('button').focus();
		});
	}

	async #askAnotherModel(answer) {
		const model = await withModule('dialogs/model-picker.js', ({ pickModel }) => pickModel(answer.record.model));
		if (model) {
			this.#regenerate(answer, { model });
		}
	}

	/** Opens a new chat that begins with the messages up to this answer. */
	async #branch({ id }) {
		try {
			const copy = await api.branch(this.#conversation.id, id);
			location.assign(`${base}/ai-demo/c/${copy.id}`);
		} catch (problem) {
			say(problem.message);
		}
	}

	async #compare({ id }) {
		const versions = () => this.#conversation.versions.of(id);
		const chosen = await withModule('conversation/versions.js', ({ compare }) => compare(versions, id));
		if (chosen) {
			await this.#choose(chosen);
			this.#conversation.elementOf(chosen)?.querySelector('[data-action=compare]')?.focus();
		}
	}

	async #choose(id) {
		try {
			await this.#conversation.versions.choose(id);
		} catch (problem) {
			say(problem.message);
		}
	}

	/** Shows another version at the same height on the screen, and moves the focus to its button. */
	async #step({ id, element }, by) {
		const { top } = element.getBoundingClientRect();
		const other = this.#conversation.versions.beside(id, by);
		this.#view.stay();
		await this.#choose(other);
		const shown = this.#conversation.elementOf(other);
		if (shown) {
			shown.closest('#conversation').scrollTop += shown.getBoundingClientRect().top - top;
			shown.querySelector(`[data-action=${by < 0 ? 'previous' : 'next'}]:enabled, .versions button:enabled`)?.focus();
		}
	}

}

async function showFacts({ record }, button) {
	const popover = document.getElementById('facts');
	await withModule('answer/facts-list.js', ({ fillFacts }) => fillFacts(popover.firstElementChild, record));
	await withModule('sidebar/menu.js', ({ openBeside }) => openBeside(popover, button));
	popover.focus();
}
