import Alpine from '../vendor/alpine-csp-3.17.4.min.js';
import { chat } from './chat.js';
import { startSidebar } from './sidebar.js';

Alpine.data('chat', chat);
Alpine.start();
startSidebar();

if (!CSS.supports('field-sizing', 'content')) {
	growByScript(document.getElementById('message'));
}

/** The draft also changes where no key was pressed: it is brought back, sent, filled in. */
async function growByScript(box) {
	const { growing } = await import('./grow.js');
	const grow = growing(box);
	Alpine.effect(() => grow(Alpine.$data(box).draft));
}
