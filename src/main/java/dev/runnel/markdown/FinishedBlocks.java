package dev.runnel.markdown;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The top-level blocks that are complete. Only a link reference definition can change
 * their HTML, so they are indexed by the labels that they looked up.
 */
final class FinishedBlocks {

	private final List<Finished> blocks = new ArrayList<>();

	private final Map<String, Set<Integer>> byLabel = new HashMap<>();

	/**
	 * What each label meant when the blocks that use it were last compared with it. Most
	 * labels still mean the same, so that their blocks need not be gone through.
	 */
	private final Map<String, String> meanings = new HashMap<>();

	/**
	 * One block: the last that its part of the source has.
	 *
	 * @param start where that part starts in the source
	 * @param end where the next one starts
	 * @param lookups at least the labels it looked up, with what they meant
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
	 * The blocks for which one of the labels now means something else.
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
