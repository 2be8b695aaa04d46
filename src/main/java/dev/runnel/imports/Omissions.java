package dev.runnel.imports;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Counts by kind what an import leaves out, so that the visitor can be told.
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
	 * Returns all counts.
	 * @return one count for each kind left out, in the order of the enum
	 */
	List<Count> counts() {
		return this.counts.entrySet()
			.stream()
			.map((entry) -> new Count(entry.getKey().wireName(), entry.getValue()))
			.toList();
	}

	/**
	 * A count of one kind.
	 *
	 * @param kind the stable name of the kind
	 * @param count how often it was left out
	 */
	record Count(String kind, int count) {
	}

}
