package dev.runnel.stream;

import java.util.HashMap;
import java.util.Map;

import dev.runnel.web.Caller;
import dev.runnel.web.ProblemException;

/**
 * Counts the running streams and enforces their limits.
 */
final class RunningStreams {

	private final StreamSettings settings;

	private final Map<String, Integer> counts = new HashMap<>();

	RunningStreams(StreamSettings settings) {
		this.settings = settings;
	}

	/**
	 * Counts one more stream.
	 * @param caller the sender of the request
	 * @throws ProblemException if a limit is reached
	 */
	synchronized void enter(Caller caller) {
		StreamBound.of(caller, this.settings).forEach(this::check);
		add(caller);
	}

	/**
	 * Counts one more stream, although a limit may be reached.
	 * @param caller the sender of the request
	 */
	synchronized void add(Caller caller) {
		StreamBound.of(caller, this.settings).forEach((bound) -> this.counts.merge(bound.key(), 1, Integer::sum));
	}

	/**
	 * Uncounts one stream.
	 * @param caller the sender of the request
	 */
	synchronized void leave(Caller caller) {
		StreamBound.of(caller, this.settings)
			.forEach((bound) -> this.counts.computeIfPresent(bound.key(),
					(key, count) -> (count > 1) ? count - 1 : null));
	}

	private void check(StreamBound bound) {
		if (this.counts.getOrDefault(bound.key(), 0) >= bound.most()) {
			throw bound.reached();
		}
	}

}
