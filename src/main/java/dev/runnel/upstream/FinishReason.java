package dev.runnel.upstream;

/**
 * Why a model stopped writing.
 */
public enum FinishReason {

	/** The answer came to its end. */
	STOP("stop"),

	/** The answer reached a limit: the model's, the request's or Runnel's own. */
	LENGTH("length"),

	/** The model called a tool, which Runnel does not offer. */
	TOOL_CALLS("tool_calls"),

	/** A filter of the provider cut the answer. */
	CONTENT_FILTER("content_filter"),

	/** The model ended with a reason that is not known here. */
	OTHER("other");

	private final String wireName;

	FinishReason(String wireName) {
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
