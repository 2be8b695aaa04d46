package dev.runnel.upstream;

/**
 * The speaker of a message in a prompt.
 */
public enum Role {

	/** The instructions for the whole conversation. */
	SYSTEM("system"),

	/** The visitor who asks. */
	USER("user"),

	/** The model. */
	ASSISTANT("assistant");

	private final String wireName;

	Role(String wireName) {
		this.wireName = wireName;
	}

	/**
	 * The name that models and clients see.
	 * @return the name on the wire
	 */
	public String wireName() {
		return this.wireName;
	}

}
