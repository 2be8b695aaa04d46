package dev.runnel;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.util.ResourceLeakDetector;

/**
 * A Netty leak detector that stores its reports instead of logging them. Netty creates
 * one for each type of resource if the system property
 * {@code io.netty.customResourceLeakDetector} names this class. The build sets it.
 *
 * @param <T> the type of the resource
 */
public final class LeakRecorder<T> extends ResourceLeakDetector<T> {

	private static final Queue<String> REPORTS = new ConcurrentLinkedQueue<>();

	public LeakRecorder(Class<?> resourceType, int samplingInterval) {
		super(resourceType, samplingInterval);
	}

	@SuppressWarnings("deprecation")
	public LeakRecorder(Class<?> resourceType, int samplingInterval, long maxActive) {
		super(resourceType, samplingInterval, maxActive);
	}

	/** Returns the reports since the previous call. */
	static List<String> take() {
		List<String> taken = new ArrayList<>();
		for (String report = REPORTS.poll(); report != null; report = REPORTS.poll()) {
			taken.add(report);
		}
		return taken;
	}

	@Override
	protected boolean needReport() {
		return true;
	}

	@Override
	protected void reportTracedLeak(String resourceType, String records) {
		REPORTS.add(resourceType + " was not released" + records);
	}

	@Override
	protected void reportUntracedLeak(String resourceType) {
		REPORTS.add(resourceType + " was not released");
	}

}
