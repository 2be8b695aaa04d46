package dev.runnel.markdown;

/** The kind of leaf block at a cut. */
enum LeafKind {

	/**
	 * No leaf block is open. The stub ends in a heading, which no line can continue.
	 */
	NONE,

	/**
	 * A paragraph, cut before white space at a place where no inline markup is open.
	 */
	PARAGRAPH,

	/** A fenced code block, cut at the start of a line. */
	FENCE,

	/** A table, cut between two rows of its body. */
	TABLE

}
