package dev.runnel.models;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelService;

/**
 * A model as {@code GET /api/models} shows it.
 *
 * @param model the model, with the id that visitors use
 * @param service the name of the service that runs it
 * @param local whether that service is in the operator's own network
 */
public record ListedModel(@JsonUnwrapped Model model, String service, boolean local) {

	/**
	 * Shows a model.
	 * @param model the model, with the id that visitors use
	 * @param service the service that runs it
	 * @return the model as it is shown
	 */
	public static ListedModel of(Model model, ModelService service) {
		return new ListedModel(model, service.name(), service.local());
	}

}
