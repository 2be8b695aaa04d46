package dev.runnel.accounts;

/**
 * What a session or a key may be used for. A session may be used for everything.
 */
public enum Scope {

	/** Ask the model, and stop an answer. */
	ASK,

	/** Read and search conversations. */
	READ,

	/** Change, import and delete conversations and presets. */
	MANAGE

}
