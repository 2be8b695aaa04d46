package dev.runnel.page;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.runnel.upstream.Script;

/**
 * A long answer that upstream says in small pieces, as many as a test lets out of it.
 */
final class Faucet {

	private static final int PIECE = 7;

	private final String markdown;

	private final Semaphore allowed = new Semaphore(0);

	private final AtomicInteger said = new AtomicInteger();

	private volatile long paceMillis = 3;

	Faucet(String markdown) {
		this.markdown = markdown;
	}

	/** What upstream does: once it may no longer go on, it is silent. */
	Script script() {
		Script script = Script.stream();
		int[] text = this.markdown.codePoints().toArray();
		for (int at = 0; at < text.length; at += PIECE) {
			script.step((connection) -> awaitPiece())
				.text(new String(text, at, Math.min(PIECE, text.length - at)))
				.step((connection) -> this.said.incrementAndGet());
		}
		return script.finish("stop").usage().done().end();
	}

	/** Lets this many more pieces out, one after the other. */
	void release(int pieces) {
		this.allowed.release(pieces);
	}

	/**
	 * Lets this many pieces out, evenly over this time, and waits for the last of them.
	 */
	void release(int pieces, long millis) {
		this.paceMillis = millis / pieces;
		int end = this.said.get() + pieces;
		release(pieces);
		PageSteps.eventually(() -> {
			if (this.said.get() < end) {
				throw new AssertionError("upstream has said " + this.said + " of " + end + " pieces");
			}
		});
		this.paceMillis = 3;
	}

	/** Lets out all that is left. */
	void open() {
		this.allowed.release(this.markdown.length());
	}

	private void awaitPiece() throws InterruptedException {
		if (!this.allowed.tryAcquire(60, TimeUnit.SECONDS)) {
			throw new InterruptedException("nobody let the answer go on");
		}
		Thread.sleep(this.paceMillis);
	}

}
