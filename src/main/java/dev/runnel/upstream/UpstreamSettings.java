package dev.runnel.upstream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The treatment of a question that the language model did not answer.
 *
 * @param fallback the answer if the language model is not available before its first
 * token: mock gives an answer of the mock, which says so; error gives an error
 */
@ConfigurationProperties("runnel")
record UpstreamSettings(Fallback fallback) {

	// @DefaultValue does not apply to a variable that is set but blank
	UpstreamSettings(@Nullable Fallback fallback) {
		this.fallback = (fallback != null) ? fallback : Fallback.MOCK;
	}

	/**
	 * The writer of the answer instead of the language model.
	 */
	enum Fallback {

		/** The mock, which says that it is one. */
		MOCK,

		/** Nobody. The visitor sees the error. */
		ERROR

	}

}
