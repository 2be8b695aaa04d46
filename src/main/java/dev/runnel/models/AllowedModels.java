package dev.runnel.models;

import java.util.List;

import org.springframework.util.PatternMatchUtils;
import org.springframework.util.StringUtils;

/**
 * The models that the operator lets visitors choose.
 */
final class AllowedModels {

	private final String[] patterns;

	private final String defaultModel;

	/**
	 * Creates it.
	 * @param patterns ids, in which a star stands for any text; none allow every model
	 * @param defaultModel what is always allowed
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
