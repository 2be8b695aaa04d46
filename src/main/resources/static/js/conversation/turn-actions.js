import { withModule } from '../lib/lazy.js';

/**
 * The actions of a turn's buttons, by name.
 *
 * @param {Conversation} conversation
 * @param {object} page the component around the conversation: `busy`, `edit`, `showQuestion`, `stay` and `say`
 */
export function turnActions(conversation, page) {
	const turn = (act) => (article) => !page.busy && act(conversation.shownBy(article));

	function again(answer, options) {
		conversation.regenerate(answer, options);
		page.showQuestion();
	}

	async function againByAnother(answer) {
		const model = await withModule('dialogs/model-picker.js', ({ pickModel }) => pickModel(answer.record.model));
		if (model) {
			again(answer, { model });
		}
	}

	async function showComparison({ id }) {
		const chosen = await withModule('conversation/versions.js', ({ compare }) => compare(() => conversation.versionsOf(id), id));
		if (chosen) {
			await choose(chosen);
		}
	}

	async function choose(id) {
		try {
			await conversation.choose(id);
		} catch (problem) {
			page.say(problem.message);
		}
	}

	/** Shows another version at the same height on the screen, and moves the focus to its button. */
	async function step({ id, element }, by) {
		const { top } = element.getBoundingClientRect();
		const other = conversation.versionBeside(id, by);
		page.stay();
		await choose(other);
		const shown = conversation.elementOf(other);
		if (shown) {
			shown.closest('#conversation').scrollTop += shown.getBoundingClientRect().top - top;
			shown.querySelector(`[data-action=${by < 0 ? 'previous' : 'next'}]:enabled, .versions button:enabled`)?.focus();
		}
	}

	return {
		edit: turn((question) => page.edit(question)),
		regenerate: turn((answer) => again(answer)),
		another: turn(againByAnother),
		continue: turn((answer) => conversation.resumeAnswer(answer)),
		previous: turn((shown) => step(shown, -1)),
		next: turn((shown) => step(shown, 1)),
		compare: turn(showComparison),
	};
}
