package dev.runnel.upstream;

/**
 * Who speaks in a message of a prompt.
 */
public enum Role {

	/** The instructions that hold for the whole conversation. */
	SYSTEM("system"),

	/** The person who asks. */
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
