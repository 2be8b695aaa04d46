package dev.runnel.models;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.PatternMatchUtils;
import org.springframework.util.StringUtils;

/**
 * The models that the operator allows visitors to choose.
 */
final class AllowedModels {

	private final String[] patterns;

	private final @Nullable String stated;

	/**
	 * Creates the list.
	 * @param patterns ids in which a star matches any text; an empty list allows every
	 * model
	 * @param stated the model that is always allowed; null for none
	 */
	AllowedModels(List<String> patterns, @Nullable String stated) {
		this.patterns = patterns.stream().map(String::strip).filter(StringUtils::hasText).toArray(String[]::new);
		this.stated = stated;
	}

	boolean allowAll() {
		return this.patterns.length == 0;
	}

	boolean allow(String id) {
		return this.patterns.length == 0 || id.equals(this.stated) || PatternMatchUtils.simpleMatch(this.patterns, id);
	}

}
