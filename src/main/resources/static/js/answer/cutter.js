import { load } from '../lib/lazy.js';

let loading = null;

/** Loads the module that cuts long blocks. Without it a long block is one piece. */
export function loadCutter() {
	loading ??= load('answer/pieces.js').catch(() => ({ Pieces: OnePiece }));
	return loading;
}

class OnePiece {

	change(change) {
		return [{ ...change, piece: 0, isCut: false }];
	}

}
