const MOVED_UP_PX = 3;
const UPWARD_KEYS = new Set(['PageUp', 'Home', 'ArrowUp']);

/**
 * Tells when the reader begins to move up, by wheel, finger or key, before the browser scrolls.
 *
 * @param {HTMLElement} scroller
 * @param {() => void} onUpward
 */
export function listenForUpward(scroller, onUpward) {
	let touchY = 0;
	const on = (type, isUpward) => scroller.addEventListener(type, (event) => isUpward(event) && onUpward(), { passive: true });
	scroller.addEventListener('touchstart', ({ touches }) => (touchY = touches[0].clientY), { passive: true });
	on('touchmove', ({ touches }) => touches[0].clientY > touchY + MOVED_UP_PX);
	on('wheel', isUpwardWheel);
	on('keydown', ({ key, target }) => UPWARD_KEYS.has(key) && !target.closest('input, textarea, select'));
}

/**
 * Ctrl and wheel zooms, a sideways movement is not upward, and a code block that can scroll takes the wheel itself.
 */
function isUpwardWheel({ deltaX, deltaY, ctrlKey, target }) {
	return deltaY < 0 && Math.abs(deltaY) > Math.abs(deltaX) && !ctrlKey && !scrollsItself(target);
}

function scrollsItself(target) {
	const inner = target.closest?.('pre, table, .reasoning-text');
	return Boolean(inner) && inner.scrollHeight > inner.clientHeight + 1 && inner.scrollTop > 0;
}
