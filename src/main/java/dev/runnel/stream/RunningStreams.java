package dev.runnel.stream;

import java.util.HashMap;
import java.util.Map;

import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;

/**
 * Counts the streams that run, and lets no more begin than may.
 */
final class RunningStreams {

	private final int maxPerVisitor;

	private final int maxTotal;

	private final Map<Visitor, Integer> counts = new HashMap<>();

	private int total;

	RunningStreams(int maxPerVisitor, int maxTotal) {
		this.maxPerVisitor = maxPerVisitor;
		this.maxTotal = maxTotal;
	}

	/**
	 * Counts one more stream.
	 * @param owner whose it is
	 * @throws ProblemException if it would be one too many
	 */
	synchronized void enter(Visitor owner) {
		int own = this.counts.getOrDefault(owner, 0);
		if (own >= this.maxPerVisitor) {
			throw ProblemException.of(ErrorCode.RATE_LIMITED, "You already have " + own
					+ " answers being written, which is the most at once. Wait for one to end, or stop one.");
		}
		if (this.total >= this.maxTotal) {
			throw ProblemException.of(ErrorCode.RATE_LIMITED,
					"This server is writing as many answers as it can. Try again in a moment.");
		}
		this.counts.merge(owner, 1, Integer::sum);
		this.total++;
	}

	/**
	 * Counts one stream less.
	 * @param owner whose it was
	 */
	synchronized void leave(Visitor owner) {
		this.counts.computeIfPresent(owner, (visitor, count) -> (count > 1) ? count - 1 : null);
		this.total--;
	}

}
