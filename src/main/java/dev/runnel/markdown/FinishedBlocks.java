package dev.runnel.markdown;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The complete top-level blocks. Only a link reference definition can change their HTML,
 * so they are indexed by the labels that they looked up.
 */
final class FinishedBlocks {

	private final List<Finished> blocks = new ArrayList<>();

	private final Map<String, Set<Integer>> byLabel = new HashMap<>();

	/**
	 * The meaning of each label when its blocks were last checked. Most labels keep their
	 * meaning, so their blocks need no check.
	 */
	private final Map<String, String> meanings = new HashMap<>();

	/**
	 * One block: the last block in its part of the source.
	 *
	 * @param start the offset of that part
	 * @param end the offset of the next part
	 * @param lookups the labels that it looked up, possibly more, with their meanings
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
			if (!block.lookups().get(label).equals(this.meanings.get(label))) {
				this.meanings.remove(label);
			}
		}
	}

	/**
	 * The blocks for which one of the labels has a new meaning.
	 */
	Set<Integer> stale(Set<String> labels, LayeredDefinitions definitions) {
		Set<Integer> stale = new TreeSet<>();
		for (String label : labels) {
			Set<Integer> users = this.byLabel.getOrDefault(label, Set.of());
			String meaning = users.isEmpty() ? LayeredDefinitions.UNDEFINED : definitions.resolve(label);
			if (!users.isEmpty() && !meaning.equals(this.meanings.put(label, meaning))) {
				users.stream().filter((index) -> isStale(index, label, meaning)).forEach(stale::add);
			}
		}
		return stale;
	}

	private boolean isStale(int index, String label, String meaning) {
		String known = this.blocks.get(index).lookups().get(label);
		return known != null && !known.equals(meaning);
	}

}
