/**
 * Keeps the page above an on-screen keyboard. Most browsers make the page smaller. On iOS the keyboard covers the page,
 * and only the visual viewport knows how much. On a zoomed page nothing is counted as covered.
 */
export function stayAboveKeyboard() {
	const seen = window.visualViewport;
	const look = () => {
		const covered = seen.scale === 1 ? Math.max(0, innerHeight - seen.height - seen.offsetTop) : 0;
		document.documentElement.style.setProperty('--covered', `${Math.round(covered)}px`);
	};
	['resize', 'scroll'].forEach((type) => seen.addEventListener(type, look));
}
