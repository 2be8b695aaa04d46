import Alpine from '../vendor/alpine-csp-3.17.4.min.js';
import { chat } from './chat.js';
import { directionOf } from './direction.js';
import { stayAboveKeyboard } from './keyboard.js';
import { startSidebar } from './sidebar.js';

// Alpine looks at each element that is added to the page; those of the turns have nothing for it.
Alpine.data('chat', () => chat((write) => Alpine.mutateDom(write)));
Alpine.start();
startSidebar();
stayAboveKeyboard();

const box = document.getElementById('message');
direct(box);
if (!CSS.supports('field-sizing', 'content')) {
	growByScript(box);
}

/** What is to be put in is looked at before the browser lays it out. */
function direct(box) {
	box.addEventListener('beforeinput', ({ data }) => (box.dir = directionOf(box.value + (data ?? ''))));
	Alpine.effect(() => (box.dir = directionOf(Alpine.$data(box).draft)));
}

/** The draft also changes where no key was pressed: it is brought back, sent, filled in. */
async function growByScript(box) {
	const { growing } = await import('./grow.js');
	const grow = growing(box);
	Alpine.effect(() => grow(Alpine.$data(box).draft));
}
