package dev.runnel.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.runnel.web.Caller;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;

/**
 * A limit on the running streams that are counted under the same key.
 *
 * @param key the name of the count
 * @param most the maximum number of running streams
 * @param reason the reason for a caller who has reached the limit; {@code most} is its
 * parameter
 */
public record StreamBound(String key, int most, Reason reason) {

	/** An estimate, because the end of a stream cannot be predicted. */
	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	/**
	 * The limits on the streams of a caller.
	 * @param caller the sender of the request
	 * @param settings the limits
	 * @return the limits, each with another key
	 */
	public static List<StreamBound> of(Caller caller, StreamSettings settings) {
		List<StreamBound> bounds = new ArrayList<>();
		int own = settings.maxPerVisitor();
		bounds.add(new StreamBound("visitor:" + caller.visitor().id(), own, Reason.OWN_ANSWERS));
		if (caller.limited()) {
			addBoundsOfAddress(caller, settings, bounds);
		}
		bounds.add(new StreamBound("all", settings.maxTotal(), Reason.ANSWERS_OF_SERVER));
		return bounds;
	}

	private static void addBoundsOfAddress(Caller caller, StreamSettings settings, List<StreamBound> bounds) {
		String network = caller.address().network();
		bounds.add(new StreamBound("address:" + network, settings.maxPerAddress(), Reason.ANSWERS_OF_ADDRESS));
		if (!caller.known()) {
			bounds.add(new StreamBound("without-cookie:" + network, 1, Reason.ANSWERS_WITHOUT_COOKIE));
		}
	}

	/**
	 * The problem for a caller who has reached this limit.
	 * @return a problem ({@code rate_limited})
	 */
	public ProblemException reached() {
		return ProblemException.tooMany(RETRY_AFTER, this.reason, this.most);
	}

}
