package dev.runnel.upstream.openrouter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.runnel.upstream.Citation;

/**
 * The pages that an answer cites, each once, in the order of their first mention. Some
 * services repeat the whole list with every chunk.
 */
final class CitationList {

	private final Map<String, Citation> byUrl = new LinkedHashMap<>();

	/**
	 * Adds citations.
	 * @param citations the citations of a chunk; often none
	 * @return true if a page or a title is new
	 */
	boolean addAll(List<Citation> citations) {
		boolean changed = false;
		for (Citation citation : citations) {
			changed |= add(citation);
		}
		return changed;
	}

	private boolean add(Citation citation) {
		Citation known = this.byUrl.get(citation.url());
		boolean isNew = (known == null) ? this.byUrl.size() < Citation.MAX
				: known.title() == null && citation.title() != null;
		if (isNew) {
			this.byUrl.put(citation.url(), citation);
		}
		return isNew;
	}

	List<Citation> all() {
		return List.copyOf(this.byUrl.values());
	}

}
