package dev.runnel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

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

	/** Measures what the threads of a pool do for some work. */
	public static Duration of(String pool, Runnable work) {
		Map<Long, Long> before = times(pool);
		work.run();
		return Duration.ofNanos(times(pool).entrySet()
			.stream()
			.mapToLong((thread) -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
			.sum());
	}

	/** The times of the threads that live. */
	private static Map<Long, Long> times(String pool) {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
			.filter((thread) -> thread != null && thread.getThreadName().startsWith(pool))
			.map(ThreadInfo::getThreadId)
			.collect(Collectors.toMap((id) -> id, (id) -> Math.max(0, threads.getThreadCpuTime(id))));
	}

}
