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
		add(kind, 1);
	}

	/**
	 * Adds several contents of a kind.
	 * @param kind the kind
	 * @param times how often it was left out; may be 0
	 */
	void add(Omission kind, int times) {
		if (times > 0) {
			this.counts.merge(kind, times, Integer::sum);
		}
	}

	void addAll(Omissions more) {
		more.counts.forEach(this::add);
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
