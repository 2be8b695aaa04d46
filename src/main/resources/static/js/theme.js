// Runs before the first paint, so that a remembered look does not flash. Without one the system decides.
try {
	for (const [name, values] of Object.entries({ theme: ['light', 'dark'], size: ['small', 'large'], width: ['narrow', 'wide'] })) {
		const value = JSON.parse(localStorage.getItem(`runnel.${name}`));
		if (values.includes(value)) {
			document.documentElement.dataset[name] = value;
		}
	}
} catch {
	// Storage is forbidden: the system decides.
}

// An open conversation comes beginning with its start, and is shown when the page stands at its end; if the script that
// sees to that cannot be had, then as it is.
const page = document.documentElement;
page.toggleAttribute('data-landing', location.pathname.includes('/c/'));
addEventListener('load', () => page.removeAttribute('data-landing'));
