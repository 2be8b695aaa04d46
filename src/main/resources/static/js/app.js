import Alpine from '../vendor/alpine-csp-3.17.4.min.js';
import { chat } from './composer/chat.js';
import { directionOf } from './composer/direction.js';
import { stayAboveKeyboard } from './composer/keyboard.js';
import { startSidebar } from './sidebar/sidebar.js';

// Alpine inspects each element that is added to the page. Turns contain nothing for Alpine, so they are added without it.
Alpine.data('chat', () => chat((write) => Alpine.mutateDom(write)));
Alpine.start();
startSidebar();
stayAboveKeyboard();

const box = document.getElementById('message');
direct(box);
if (!CSS.supports('field-sizing', 'content')) {
	growByScript(box);
}

/** Sets the direction of the box before the browser lays out the new text. */
function direct(box) {
	box.addEventListener('beforeinput', ({ data }) => (box.dir = directionOf(box.value + (data ?? ''))));
	Alpine.effect(() => (box.dir = directionOf(Alpine.$data(box).draft)));
}

/** Watches the draft and not the keys, because scripts also change it: they restore it, send it and fill it in. */
async function growByScript(box) {
	const { growing } = await import('./composer/grow.js');
	const grow = growing(box);
	Alpine.effect(() => grow(Alpine.$data(box).draft));
}
