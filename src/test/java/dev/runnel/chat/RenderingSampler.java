package dev.runnel.chat;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.runnel.markdown.MarkdownRenderer;

/**
 * Looks again and again which threads render Markdown.
 */
final class RenderingSampler implements AutoCloseable {

	private static final String RENDERER = MarkdownRenderer.class.getPackageName() + '.';

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private static final long LAST_WAIT_MILLIS = 10_000;

	private final Map<String, Integer> seen = new TreeMap<>();

	private final Thread thread = new Thread(this::look, "sampler");

	private volatile boolean closed;

	RenderingSampler() {
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void look() {
		while (!this.closed) {
			Thread.getAllStackTraces().forEach((each, stack) -> {
				if (Arrays.stream(stack).anyMatch((frame) -> frame.getClassName().startsWith(RENDERER))) {
					this.seen.merge(each.getName().replaceFirst("[0-9]+$", ""), 1, Integer::sum);
				}
			});
			LockSupport.parkNanos(PAUSE_NANOS);
		}
	}

	/**
	 * Ends the looking.
	 * @return how often a thread was seen, by the name of the thread without its number
	 */
	Map<String, Integer> end() throws InterruptedException {
		this.closed = true;
		this.thread.join(LAST_WAIT_MILLIS);
		return this.seen;
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
