// Runs before the first paint, so that the look does not change visibly. Without a stored choice the system decides.
try {
	const looks = { theme: ['light', 'dark'], size: ['small', 'large'], width: ['narrow', 'wide'], sidebar: ['hidden'] };
	for (const [name, values] of Object.entries(looks)) {
		const value = JSON.parse(localStorage.getItem(`runnel.${name}`));
		if (values.includes(value)) {
			document.documentElement.dataset[name] = value;
		}
	}
	const shelf = JSON.parse(localStorage.getItem('runnel.shelf'));
	if (shelf >= 12 && shelf <= 30) {
		document.documentElement.style.setProperty('--shelf-width', `${shelf}rem`);
	}
} catch {
	// Storage is forbidden: the system decides.
}

// The HTML of a conversation arrives from its first message on. It stays hidden until the page is scrolled to its end, at
// the latest until the `load` event, because the script for that may fail to load. A value says that it did not fail.
const page = document.documentElement;
page.toggleAttribute('data-landing', location.pathname.includes('/c/'));
addEventListener('load', () => page.dataset.landing || page.removeAttribute('data-landing'));
