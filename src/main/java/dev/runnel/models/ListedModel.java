package dev.runnel.models;

import java.util.List;

import dev.runnel.upstream.Model;
import org.jspecify.annotations.Nullable;

/**
 * A model as {@code GET /api/models} shows it.
 *
 * @param id the id that visitors use
 * @param name the name to show
 * @param contextLength the size of its context, in tokens; null if unknown
 * @param promptPrice the price of one token read, in US dollars; null if unknown
 * @param completionPrice the price of one token written; null if unknown
 * @param inputModalities the kinds of input it reads; empty if unknown
 * @param reasoning whether it supports reasoning
 * @param tools whether it supports tool calls
 * @param webSearchPrice the price of one search of the web; null if its service offers
 * none
 * @param service the name of the service that runs it
 * @param local whether that service is in the operator's own network
 */
public record ListedModel(String id, String name, @Nullable Long contextLength, @Nullable String promptPrice,
		@Nullable String completionPrice, List<String> inputModalities, boolean reasoning, boolean tools,
		@Nullable String webSearchPrice, String service, boolean local) {

	/**
	 * Shows a model.
	 * @param model the model, with the id that visitors use
	 * @param service the name of the service that runs it
	 * @param local whether that service is in the operator's own network
	 * @return the model as it is shown
	 */
	public static ListedModel of(Model model, String service, boolean local) {
		return new ListedModel(model.id(), model.name(), model.contextLength(), model.promptPrice(),
				model.completionPrice(), model.inputModalities(), model.reasoning(), model.tools(),
				model.webSearchPrice(), service, local);
	}

}
