package dev.runnel.models;

import java.util.List;

import dev.runnel.upstream.ModelService;
import org.jspecify.annotations.Nullable;

import org.springframework.util.PatternMatchUtils;
import org.springframework.util.StringUtils;

/**
 * The models of a service that the operator allows visitors to choose.
 */
final class AllowedModels {

	private final String prefix;

	private final String[] ofAll;

	private final String[] ofService;

	private final String[] ofUsers;

	private final @Nullable String stated;

	/**
	 * Creates the list.
	 * @param service the service, with patterns of its own
	 * @param ofAll the patterns for all services: ids, with or without the name of the
	 * service before them, in which a star matches any text; an empty list allows every
	 * model
	 * @param stated the model that is always allowed; null for none
	 * @param ofUsers the patterns of the models that people without the role of an admin may
	 * ask; an empty list allows every model
	 */
	AllowedModels(ModelService service, List<String> ofAll, @Nullable String stated, List<String> ofUsers) {
		this.prefix = service.name() + "/";
		this.ofAll = patterns(ofAll);
		this.ofService = patterns(service.allowed());
		this.stated = stated;
		this.ofUsers = patterns(ofUsers);
	}

	private static String[] patterns(List<String> texts) {
		return texts.stream().map(String::strip).filter(StringUtils::hasText).toArray(String[]::new);
	}

	/**
	 * Returns whether a model may be chosen.
	 * @param id the id by which the service knows the model
	 * @return true if so
	 */
	boolean allow(String id) {
		return id.equals(this.stated) || (this.prefix + id).equals(this.stated)
				|| (match(this.ofAll, id) && match(this.ofService, id));
	}

	/**
	 * Returns whether somebody who has signed in without the role of an admin may ask an
	 * allowed model.
	 * @param id the id by which the service knows the model
	 * @return true if so
	 */
	boolean allowUsers(String id) {
		return match(this.ofUsers, id);
	}

	private boolean match(String[] patterns, String id) {
		return patterns.length == 0 || PatternMatchUtils.simpleMatch(patterns, id)
				|| PatternMatchUtils.simpleMatch(patterns, this.prefix + id);
	}

}
