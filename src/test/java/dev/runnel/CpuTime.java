package dev.runnel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
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
		return of((name) -> name.startsWith(pool), work);
	}

	/** Measures what the threads with some names do for some work. */
	public static Duration of(Predicate<String> threads, Runnable work) {
		Map<Long, Long> before = times(threads);
		work.run();
		return Duration.ofNanos(times(threads).entrySet()
			.stream()
			.mapToLong((thread) -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
			.sum());
	}

	/** The times of the threads that live. */
	private static Map<Long, Long> times(Predicate<String> names) {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
			.filter((thread) -> thread != null && names.test(thread.getThreadName()))
			.map(ThreadInfo::getThreadId)
			.collect(Collectors.toMap((id) -> id, (id) -> Math.max(0, threads.getThreadCpuTime(id))));
	}

}
