package dev.runnel.page;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.runnel.upstream.Script;

/**
 * A long answer that upstream sends in small pieces, as many as a test releases.
 */
final class PacedAnswer {

	private static final int PIECE = 7;

	private final String markdown;

	private final Semaphore allowed = new Semaphore(0);

	private final AtomicInteger said = new AtomicInteger();

	private volatile long paceMillis = 3;

	PacedAnswer(String markdown) {
		this.markdown = markdown;
	}

	/** The script of upstream, which is silent while no piece is released. */
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

	/** Releases this many more pieces. */
	void release(int pieces) {
		this.allowed.release(pieces);
	}

	/**
	 * Releases this many pieces, evenly over this time, and waits for the last one.
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

	/** Releases all remaining pieces. */
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
