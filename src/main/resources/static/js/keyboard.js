/**
 * Keeps the page above a keyboard on the screen. Most browsers make the page smaller; on iOS it is covered, and only
 * the visual viewport knows how much of it. A page that is zoomed is not covered.
 */
export function stayAboveKeyboard() {
	const seen = window.visualViewport;
	const look = () => {
		const covered = seen.scale === 1 ? Math.max(0, innerHeight - seen.height - seen.offsetTop) : 0;
		document.documentElement.style.setProperty('--covered', `${Math.round(covered)}px`);
	};
	['resize', 'scroll'].forEach((type) => seen.addEventListener(type, look));
}
