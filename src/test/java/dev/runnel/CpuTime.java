package dev.runnel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;

/**
 * The processor time of threads. A busy machine makes it no longer.
 */
public final class CpuTime {

	private CpuTime() {
	}

	/** Measures some work of the current thread. */
	public static Duration of(Runnable work) {
		long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		work.run();
		return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
	}

	/** Measures what the threads of a pool, which go on afterwards, do for some work. */
	public static Duration of(String pool, Runnable work) {
		long before = sum(pool);
		work.run();
		return Duration.ofNanos(sum(pool) - before);
	}

	private static long sum(String pool) {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
			.filter((thread) -> thread != null && thread.getThreadName().startsWith(pool))
			.mapToLong((thread) -> Math.max(0, threads.getThreadCpuTime(thread.getThreadId())))
			.sum();
	}

}
