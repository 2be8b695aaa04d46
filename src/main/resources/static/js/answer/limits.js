import { style } from '../lib/lazy.js';

await style('limits');

/** The style sheet says that a text reached a limit. Nothing is drawn. */
export function draw() {
	return 0;
}
