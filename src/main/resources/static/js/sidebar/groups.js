import { groupOf } from '../lib/clock.js';
import { texts } from '../lib/texts.js';

/**
 * Groups conversations: the pinned ones first, then those of each time. Found ones are one group in their own order.
 *
 * @param {object[]} list the conversations, the newest first
 * @param {boolean} isFound whether a search has found them
 * @returns {{key: string, name: string, ids: string[]}[]}
 */
export function groupsOf(list, isFound) {
	const groups = new Map();
	for (const { id, pinned, updatedAt } of list) {
		const { key, name } = isFound ? { key: 'found', name: '' } : groupAt(pinned, updatedAt);
		groups.set(key, groups.get(key) ?? { key, name, ids: [] });
		groups.get(key).ids.push(id);
	}
	const pinned = groups.get('pinned');
	return [...(pinned ? [pinned] : []), ...[...groups.values()].filter((group) => group !== pinned)];
}

function groupAt(pinned, updatedAt) {
	return pinned ? { key: 'pinned', name: texts.pinned } : groupOf(updatedAt);
}

/** Shows a group. @param {Map<string, HTMLElement>} items the entries, by id */
export function sectionOf({ key, name, ids }, items) {
	const section = document.createElement('section');
	section.className = 'group';
	section.dataset.group = key;
	const heading = document.createElement('p');
	heading.className = 'group-name';
	heading.id = `g-${key}`;
	heading.hidden = !name;
	heading.textContent = name;
	const list = document.createElement('ul');
	list.setAttribute('aria-labelledby', heading.id);
	list.append(...ids.map((id) => items.get(id)));
	section.append(heading, list);
	return section;
}
