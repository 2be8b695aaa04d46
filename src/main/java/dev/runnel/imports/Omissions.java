package dev.runnel.imports;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Counts by kind what an import leaves out, so that nothing is lost in silence.
 */
final class Omissions {

	private final Map<Omission, Integer> counts = new EnumMap<>(Omission.class);

	void add(Omission kind) {
		this.counts.merge(kind, 1, Integer::sum);
	}

	void addAll(Omissions more) {
		more.counts.forEach((kind, count) -> this.counts.merge(kind, count, Integer::sum));
	}

	/**
	 * All counts.
	 * @return each kind that was met, in the order of the enum
	 */
	List<Count> counts() {
		return this.counts.entrySet()
			.stream()
			.map((entry) -> new Count(entry.getKey().wireName(), entry.getValue()))
			.toList();
	}

	/**
	 * How often something was left out.
	 *
	 * @param kind what
	 * @param count how often
	 */
	record Count(String kind, int count) {
	}

}
