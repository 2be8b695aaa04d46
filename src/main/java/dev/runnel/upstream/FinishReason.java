package dev.runnel.upstream;

/**
 * Why a model stopped writing.
 */
public enum FinishReason {

	/** The answer is complete. */
	STOP("stop"),

	/** The answer reached a limit of the model, of the request or of Runnel. */
	LENGTH("length"),

	/** The model called a tool, which Runnel does not offer. */
	TOOL_CALLS("tool_calls"),

	/** A content filter of the provider cut the answer. */
	CONTENT_FILTER("content_filter"),

	/** The budget of the visitor or of the server is spent. */
	BUDGET("budget"),

	/** The model gave a reason that Runnel does not know. */
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
