package dev.runnel.upstream;

import org.jspecify.annotations.Nullable;

/**
 * The writer of an answer. It is decided before any text of the answer is stored. It
 * changes only if the mock takes over or upstream names another model.
 *
 * @param source the real model or the mock
 * @param model the model asked, until upstream names the model that answers
 * @param provider the company that runs the model; null if unknown
 * @param fallback why the mock took over; null if it did not
 */
public record Origin(Source source, String model, @Nullable String provider, UpstreamFailure.@Nullable Kind fallback) {

	/** The mock, which answers because no model is configured. */
	public static final Origin MOCK = mock(null);

	/** Creates an origin where the mock did not take over. */
	public Origin(Source source, String model, @Nullable String provider) {
		this(source, model, provider, null);
	}

	/**
	 * A model behind the configured endpoint.
	 * @param model its id
	 * @return the origin, with no provider yet
	 */
	public static Origin model(String model) {
		return new Origin(Source.OPENROUTER, model, null);
	}

	/**
	 * The mock, named as a model of its own.
	 * @param fallback why it took over; null if it did not
	 * @return the origin
	 */
	public static Origin mock(UpstreamFailure.@Nullable Kind fallback) {
		return new Origin(Source.MOCK, Source.MOCK.wireName(), null, fallback);
	}

	/**
	 * Names the model that answers.
	 * @param other its id
	 * @param company the company that runs it; null if unknown
	 * @return the origin with this model
	 */
	public Origin named(String other, @Nullable String company) {
		return new Origin(this.source, other, company, this.fallback);
	}

}
