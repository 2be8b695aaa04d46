package dev.runnel.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.runnel.web.Caller;
import dev.runnel.web.ProblemException;

/**
 * A limit on the running streams that are counted under the same key.
 *
 * @param key the name of the count
 * @param most the maximum number of running streams
 * @param problem the sentence for a caller who has reached the limit
 */
public record StreamBound(String key, int most, String problem) {

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
		bounds.add(new StreamBound("visitor:" + caller.visitor().id(), own, "You already have " + own
				+ " answers being written, which is the limit. Wait for one to end, or stop one."));
		if (caller.limited()) {
			addBoundsOfAddress(caller, settings, bounds);
		}
		bounds.add(new StreamBound("all", settings.maxTotal(),
				"This server is writing as many answers as it can. Try again in a moment."));
		return bounds;
	}

	private static void addBoundsOfAddress(Caller caller, StreamSettings settings, List<StreamBound> bounds) {
		String network = caller.address().network();
		bounds.add(new StreamBound("address:" + network, settings.maxPerAddress(),
				"Your address has reached its limit of running answers. Wait for one to end."));
		if (!caller.known()) {
			bounds.add(new StreamBound("without-cookie:" + network, 1,
					"Without this server's cookie, an address can have only one running answer. Wait for it to"
							+ " end, or send the cookie that came with it."));
		}
	}

	/**
	 * The problem for a caller who has reached this limit.
	 * @return a problem ({@code rate_limited})
	 */
	public ProblemException reached() {
		return ProblemException.tooMany(this.problem, RETRY_AFTER);
	}

}
