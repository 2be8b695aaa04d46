package dev.runnel.markdown;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The top-level blocks that are complete. Only a link reference definition can change
 * their HTML, so they are indexed by the labels that they looked up.
 */
final class FinishedBlocks {

	private final List<Finished> blocks = new ArrayList<>();

	private final Map<String, Set<Integer>> byLabel = new HashMap<>();

	/**
	 * @param start where the block starts in the source
	 * @param end where the next one starts
	 * @param lookups the labels it looked up, with what they meant
	 */
	record Finished(int start, int end, Map<String, String> lookups) {
	}

	int size() {
		return this.blocks.size();
	}

	void add(Finished block) {
		this.blocks.add(block);
		index(this.blocks.size() - 1, block);
	}

	Finished get(int index) {
		return this.blocks.get(index);
	}

	void set(int index, Finished block) {
		this.blocks.set(index, block);
		index(index, block);
	}

	private void index(int index, Finished block) {
		for (String label : block.lookups().keySet()) {
			this.byLabel.computeIfAbsent(label, (key) -> new HashSet<>()).add(index);
		}
	}

	/**
	 * The blocks for which one of the labels now means something else.
	 */
	List<Integer> stale(Set<String> labels, LayeredDefinitions definitions) {
		Set<Integer> stale = new HashSet<>();
		for (String label : labels) {
			for (int index : this.byLabel.getOrDefault(label, Set.of())) {
				String meaning = this.blocks.get(index).lookups().get(label);
				if (meaning != null && definitions.hasChanged(label, meaning)) {
					stale.add(index);
				}
			}
		}
		return List.copyOf(stale);
	}

}
