package dev.runnel.upstream;

import java.util.List;

/**
 * A service that runs models.
 *
 * @param name its name, unique among the services, such as OpenRouter; it stands before
 * the id of a model where another service has the same id
 * @param host the host of its address, without the port
 * @param local whether it is in the operator's own network, so that questions do not
 * leave it
 * @param forAdmins whether only admins may use it
 * @param allowed the models that it may be asked for: ids, or patterns in which a star
 * stands for any text; empty for all
 * @param triesOthers whether it tries the other models of a {@link ModelRoute} by itself
 * @param directory lists its models
 * @param model asks its models
 */
public record ModelService(String name, String host, boolean local, boolean forAdmins, List<String> allowed,
		boolean triesOthers, ModelDirectory directory, LanguageModel model) {

	public ModelService {
		allowed = List.copyOf(allowed);
	}

}
