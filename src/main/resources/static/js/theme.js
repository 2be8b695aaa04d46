// Runs before the first paint, so that a remembered theme does not flash. Without one the system decides.
try {
	const theme = JSON.parse(localStorage.getItem('runnel.theme'));
	if (theme === 'light' || theme === 'dark') {
		document.documentElement.dataset.theme = theme;
	}
} catch {
	// Storage is forbidden: the system decides.
}
