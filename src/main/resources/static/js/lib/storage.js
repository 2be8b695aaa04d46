/**
 * The values that this browser stores for the page. If storage is full or forbidden, nothing is stored. `storage` is
 * `localStorage` or `sessionStorage`.
 */

/** @returns {unknown} null if nothing is stored */
export function read(storage, key) {
	try {
		return JSON.parse(window[storage].getItem(key));
	} catch {
		return null;
	}
}

/** @returns {boolean} whether the value is stored */
export function write(storage, key, value) {
	try {
		window[storage].setItem(key, JSON.stringify(value));
		return true;
	} catch {
		return false;
	}
}

export function remove(storage, key) {
	try {
		window[storage].removeItem(key);
	} catch {
		// A browser that allows no storage has nothing to remove.
	}
}
