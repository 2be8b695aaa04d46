package dev.runnel.upstream;

/**
 * The kind of writer of an answer.
 */
public enum Source {

	/** A language model behind the configured endpoint. */
	OPENROUTER("openrouter"),

	/** The mock, which says in its text that it is one. */
	MOCK("mock");

	private final String wireName;

	Source(String wireName) {
		this.wireName = wireName;
	}

	/**
	 * The name that clients see.
	 * @return the name in the wire contract
	 */
	public String wireName() {
		return this.wireName;
	}

}
