package dev.runnel.stream;

/**
 * Why the writer of a stream should end it now.
 */
public enum EndRequest {

	/** The visitor stopped it. */
	STOP,
	/** It had no reader any more, or none within the grace period. */
	ABANDONED,
	/** The server shuts down. */
	SHUTDOWN,

	/** The server shuts down, and another one goes on with the stream. */
	HAND_OVER,
	/** There is no memory for more events. */
	NO_MEMORY,

	/** Its writer was silent for longer than the limit. */
	SILENT

}
