package dev.runnel.upstream;

import org.jspecify.annotations.Nullable;

/**
 * The writer of an answer. It is decided before anything of the answer is stored, and
 * changes only if the mock stands in for the model or upstream names another model.
 *
 * @param source where the text comes from
 * @param model the model: the one that is asked, until upstream names the one that
 * answers
 * @param provider who runs the model; null where not known
 */
public record Origin(Source source, String model, @Nullable String provider) {

	/** The mock, which is a model of its own. */
	public static final Origin MOCK = new Origin(Source.MOCK, Source.MOCK.wireName(), null);

	/**
	 * A model behind the configured endpoint.
	 * @param model its id
	 * @return the origin, of which no provider is known yet
	 */
	public static Origin model(String model) {
		return new Origin(Source.OPENROUTER, model, null);
	}

}
