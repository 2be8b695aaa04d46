const KEY = 'runnel.deleting';

/** Leaves the deletion of the open conversation to the next page. @returns {boolean} false if the browser stores nothing */
export function handOver(id, title) {
	try {
		sessionStorage.setItem(KEY, JSON.stringify({ id, title }));
		return true;
	} catch {
		return false;
	}
}

/** @returns {{id: string, title: string}|null} the conversation whose deletion the page before has left to this one */
export function takeOver() {
	try {
		const found = JSON.parse(sessionStorage.getItem(KEY));
		sessionStorage.removeItem(KEY);
		return found;
	} catch {
		return null;
	}
}
