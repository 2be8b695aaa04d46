package dev.runnel.upstream;

import java.util.Locale;

/**
 * How hard a model should think before it answers.
 */
public enum ReasoningEffort {

	/** Not at all. */
	NONE,
	/** As little as the model can. */
	MINIMAL,
	/** A little. */
	LOW,
	/** The usual amount. */
	MEDIUM,
	/** Much. */
	HIGH,
	/** Very much. */
	XHIGH;

	/**
	 * The name that models and clients see.
	 * @return the name on the wire
	 */
	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Reads a name.
	 * @param wireName the name on the wire
	 * @return the effort
	 * @throws IllegalArgumentException if there is none of that name
	 */
	public static ReasoningEffort of(String wireName) {
		return valueOf(wireName.toUpperCase(Locale.ROOT));
	}

}
