package dev.runnel.models;

import java.util.List;

import org.springframework.util.PatternMatchUtils;
import org.springframework.util.StringUtils;

/**
 * The models that the operator allows visitors to choose.
 */
final class AllowedModels {

	private final String[] patterns;

	private final String defaultModel;

	/**
	 * Creates the list.
	 * @param patterns ids in which a star matches any text; an empty list allows every
	 * model
	 * @param defaultModel the model that is always allowed
	 */
	AllowedModels(List<String> patterns, String defaultModel) {
		this.patterns = patterns.stream().map(String::strip).filter(StringUtils::hasText).toArray(String[]::new);
		this.defaultModel = defaultModel;
	}

	boolean allow(String id) {
		return this.patterns.length == 0 || id.equals(this.defaultModel)
				|| PatternMatchUtils.simpleMatch(this.patterns, id);
	}

}
