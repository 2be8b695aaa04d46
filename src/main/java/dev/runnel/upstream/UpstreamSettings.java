package dev.runnel.upstream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What becomes of a question that the language model did not answer.
 *
 * @param fallback who answers when the language model is not available before its first
 * token: the mock, which says so, or nobody, which makes it an error
 */
@ConfigurationProperties("runnel")
record UpstreamSettings(Fallback fallback) {

	// @DefaultValue would not hold for a variable that is set but blank
	UpstreamSettings(@Nullable Fallback fallback) {
		this.fallback = (fallback != null) ? fallback : Fallback.MOCK;
	}

	/**
	 * Who answers instead of the language model.
	 */
	enum Fallback {

		/** The mock, which says that it is one. */
		MOCK,

		/** Nobody: the visitor is told what went wrong. */
		ERROR

	}

}
