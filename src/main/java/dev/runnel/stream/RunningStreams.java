package dev.runnel.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.runnel.web.Caller;
import dev.runnel.web.ProblemException;

/**
 * Counts the running streams and enforces their limits.
 */
final class RunningStreams {

	/** An estimate, because the end of a stream cannot be predicted. */
	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	private final StreamSettings settings;

	private final Map<Key, Integer> counts = new HashMap<>();

	RunningStreams(StreamSettings settings) {
		this.settings = settings;
	}

	/**
	 * Counts one more stream.
	 * @param caller the sender of the request
	 * @throws ProblemException if a limit is reached
	 */
	synchronized void enter(Caller caller) {
		List<Bound> bounds = bounds(caller);
		bounds.forEach(this::check);
		bounds.forEach((bound) -> this.counts.merge(bound.key(), 1, Integer::sum));
	}

	/**
	 * Uncounts one stream.
	 * @param caller the sender of the request
	 */
	synchronized void leave(Caller caller) {
		bounds(caller).forEach(
				(bound) -> this.counts.computeIfPresent(bound.key(), (key, count) -> (count > 1) ? count - 1 : null));
	}

	private void check(Bound bound) {
		if (this.counts.getOrDefault(bound.key(), 0) >= bound.most()) {
			throw ProblemException.tooMany(bound.problem(), RETRY_AFTER);
		}
	}

	private List<Bound> bounds(Caller caller) {
		List<Bound> bounds = new ArrayList<>();
		int own = this.settings.maxPerVisitor();
		bounds.add(new Bound(new Key(Group.VISITOR, caller.visitor().id()), own, "You already have " + own
				+ " answers being written, which is the limit. Wait for one to end, or stop one."));
		if (caller.limited()) {
			addBoundsOfAddress(caller, bounds);
		}
		bounds.add(new Bound(new Key(Group.ALL, ""), this.settings.maxTotal(),
				"This server is writing as many answers as it can. Try again in a moment."));
		return bounds;
	}

	private void addBoundsOfAddress(Caller caller, List<Bound> bounds) {
		String network = caller.address().network();
		bounds.add(new Bound(new Key(Group.ADDRESS, network), this.settings.maxPerAddress(),
				"Your address has reached its limit of running answers. Wait for one to end."));
		if (!caller.known()) {
			bounds.add(new Bound(new Key(Group.WITHOUT_COOKIE, network), 1,
					"Without this server's cookie, an address can have only one running answer. Wait for it to"
							+ " end, or send the cookie that came with it."));
		}
	}

	private enum Group {

		VISITOR, ADDRESS, WITHOUT_COOKIE, ALL

	}

	private record Key(Group group, String who) {
	}

	/** A limit on the streams that are counted under the same key. */
	private record Bound(Key key, int most, String problem) {
	}

}
