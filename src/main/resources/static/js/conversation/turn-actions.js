import { base } from '../base.js';
import { say } from '../lib/events.js';
import { withModule } from '../lib/lazy.js';
import { call, change, pathOf, withJson } from '../stream/api.js';

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
			const copy = await branch(this.#conversation.id, id);
			location.assign(`${base}/ai-demo/c/${copy.id}`);
		} catch (problem) {
			say(problem.message);
		}
	}

	async #compare({ id }) {
		const versions = () => this.#conversation.branch.versionsOf(this.#conversation.id, id);
		const chosen = await withModule('conversation/versions.js', ({ compare }) => compare(versions, id));
		if (chosen) {
			await this.#choose(chosen);
			this.#conversation.elementOf(chosen)?.querySelector('[data-action=compare]')?.focus();
		}
	}

	async #choose(id) {
		try {
			await choose(this.#conversation, id);
		} catch (problem) {
			say(problem.message);
		}
	}

	/** Shows another version at the same height on the screen, and moves the focus to its button. */
	async #step({ id, element }, by) {
		const { top } = element.getBoundingClientRect();
		const other = this.#conversation.branch.versionBeside(id, by);
		this.#view.stay();
		await this.#choose(other);
		const shown = this.#conversation.elementOf(other);
		if (shown) {
			shown.closest('#conversation').scrollTop += shown.getBoundingClientRect().top - top;
			shown.querySelector(`[data-action=${by < 0 ? 'previous' : 'next'}]:enabled, .versions button:enabled`)?.focus();
		}
	}

}

/** Shows another version of a turn and stores it as the one to continue from. */
async function choose(conversation, id) {
	if (conversation.answer.running.isComing) {
		return;
	}
	const leaf = conversation.branch.leafBelow(id);
	conversation.answer.ending = 'idle';
	await conversation.showBranch(leaf);
	if (conversation.storedId) {
		await change(conversation.storedId, { currentMessageId: leaf });
	}
	conversation.share();
}

async function showFacts({ record }, button) {
	const popover = document.getElementById('facts');
	await withModule('answer/facts-list.js', ({ fillFacts }) => fillFacts(popover.firstElementChild, record));
	await withModule('sidebar/menu.js', ({ openBeside }) => openBeside(popover, button));
	popover.focus();
}

/** Copies the messages up to one of them. @returns {Promise<object>} the new conversation, without its messages */
async function branch(id, messageId) {
	return (await call(`${pathOf(id)}/branches`, withJson('POST', { messageId }))).json();
}
