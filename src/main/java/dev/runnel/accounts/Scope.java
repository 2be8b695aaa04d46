package dev.runnel.accounts;

/**
 * A purpose that a key may be used for. A session may be used for all of them.
 */
public enum Scope {

	/** Ask the model, and stop an answer. */
	ASK,

	/** Read and search conversations. */
	READ,

	/** Change, import and delete conversations and presets. */
	MANAGE,

	/** Download a backup of everything, if the key belongs to an admin. */
	BACKUP

}
