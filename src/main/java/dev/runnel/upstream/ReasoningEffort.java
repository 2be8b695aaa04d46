package dev.runnel.upstream;

import java.util.Locale;

/**
 * How hard a model should think before it answers.
 */
public enum ReasoningEffort {

	/** No reasoning. */
	NONE,
	/** As little as the model allows. */
	MINIMAL,
	/** A little. */
	LOW,
	/** The usual amount. */
	MEDIUM,
	/** More than usual. */
	HIGH,
	/** Much more than usual. */
	XHIGH;

	/**
	 * The name that models and clients see.
	 * @return the name on the wire
	 */
	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Finds an effort by its name.
	 * @param wireName the name on the wire
	 * @return the effort
	 * @throws IllegalArgumentException if no effort has that name
	 */
	public static ReasoningEffort of(String wireName) {
		return valueOf(wireName.toUpperCase(Locale.ROOT));
	}

}
