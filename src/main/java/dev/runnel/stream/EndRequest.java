package dev.runnel.stream;

/**
 * Why whoever writes a stream should end it now.
 */
public enum EndRequest {

	/** The visitor wants no more of it. */
	STOP,
	/** Nobody has read it for the grace period. */
	ABANDONED,
	/** The server is going down. */
	SHUTDOWN,
	/** There is no memory for more of it. */
	NO_ROOM,

	/** It gave no sign of life for longer than it may. */
	LIFELESS

}
