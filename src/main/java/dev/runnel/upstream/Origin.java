package dev.runnel.upstream;

import org.jspecify.annotations.Nullable;

/**
 * The writer of an answer. It is decided before any text of the answer is stored. It
 * changes only if the mock takes over or upstream names another model.
 *
 * @param source the real model or the mock
 * @param model the model asked, until upstream names the model that answers
 * @param provider the company that runs the model; null if unknown
 */
public record Origin(Source source, String model, @Nullable String provider) {

	/** The mock, named as a model of its own. */
	public static final Origin MOCK = new Origin(Source.MOCK, Source.MOCK.wireName(), null);

	/**
	 * A model behind the configured endpoint.
	 * @param model its id
	 * @return the origin, with no provider yet
	 */
	public static Origin model(String model) {
		return new Origin(Source.OPENROUTER, model, null);
	}

}
