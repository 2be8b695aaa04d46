package dev.runnel;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * The processor time of the current thread. A busy machine makes it no longer.
 */
public final class CpuTime {

	private CpuTime() {
	}

	/** Measures some work. */
	public static Duration of(Runnable work) {
		long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		work.run();
		return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
	}

}
