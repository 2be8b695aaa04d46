package dev.runnel;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class if its tests left Netty buffers unreleased. Netty reports a leak
 * only after garbage collection, so the check runs once, after the last test of the
 * class.
 */
public final class LeakDetection implements BeforeAllCallback, AfterAllCallback {

	private static final int ROUNDS = 3;

	@Override
	public void beforeAll(ExtensionContext context) {
		// drops leaks of earlier classes
		findLeaks();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		List<String> leaks = findLeaks();
		if (!leaks.isEmpty()) {
			throw new AssertionError(leaks.size() + " buffers leaked, such as: " + leaks.get(0));
		}
	}

	/** Collects garbage and lets Netty report the leaked buffers. */
	static List<String> findLeaks() {
		for (int round = 0; round < ROUNDS; round++) {
			collectGarbage();
			ByteBufAllocator.DEFAULT.buffer(1).release();
		}
		return LeakRecorder.take();
	}

	private static void collectGarbage() {
		ReferenceQueue<Object> queue = new ReferenceQueue<>();
		WeakReference<Object> sentinel = new WeakReference<>(new Object(), queue);
		try {
			while (!sentinel.refersTo(null) || queue.remove(20) == null) {
				System.gc();
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
