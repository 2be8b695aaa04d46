import { base } from '../base.js';
import { say } from '../lib/events.js';
import { texts } from '../lib/texts.js';
import * as api from '../stream/api.js';

const AT_ONCE = 100;

/** Deletes all conversations of the reader, if the reader confirms that, and begins a new chat. */
export async function deleteAll() {
	if (!confirm(texts.deleteAll)) {
		return;
	}
	try {
		let found;
		do {
			found = await deleteSome();
		} while (found);
		location.assign(`${base}/ai-demo`);
	} catch (problem) {
		say(problem.message);
	}
}

/** @returns {Promise<boolean>} whether there were any conversations */
async function deleteSome() {
	const { conversations } = await api.conversations({ limit: AT_ONCE });
	for (const { id } of conversations) {
		await api.remove(id).catch(ignoreMissing);
	}
	return conversations.length > 0;
}

/** Another page may have deleted the conversation meanwhile. */
function ignoreMissing(problem) {
	if (problem.status !== 404) {
		throw problem;
	}
}
