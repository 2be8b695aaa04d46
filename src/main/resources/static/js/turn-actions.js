import { compare } from './versions.js';

/**
 * What the buttons of a turn do, by name.
 *
 * @param {Conversation} conversation
 * @param {object} page the component around it: `busy`, `edit`, `showQuestion` and `say`
 */
export function turnActions(conversation, page) {
	const turn = (act) => (article) => !page.busy && act(conversation.shownBy(article));

	function again(answer, options) {
		conversation.regenerate(answer, options);
		page.showQuestion();
	}

	async function againByAnother(answer) {
		const { pickModel } = await import('./model-picker.js');
		const model = await pickModel(answer.record.model);
		if (model) {
			again(answer, { model });
		}
	}

	async function showComparison({ id }) {
		const chosen = await compare(() => conversation.versionsOf(id), id);
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

	return {
		edit: turn((question) => page.edit(question)),
		regenerate: turn((answer) => again(answer)),
		another: turn(againByAnother),
		continue: turn((answer) => conversation.goOn(answer)),
		previous: turn(({ id }) => choose(conversation.versionBeside(id, -1))),
		next: turn(({ id }) => choose(conversation.versionBeside(id, 1))),
		compare: turn(showComparison),
	};
}
