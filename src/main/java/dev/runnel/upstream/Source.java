package dev.runnel.upstream;

/**
 * Where an answer's text came from.
 */
public enum Source {

	/** A language model behind the configured endpoint. */
	OPENROUTER("openrouter"),

	/** The stand-in, which says that it is one. */
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
