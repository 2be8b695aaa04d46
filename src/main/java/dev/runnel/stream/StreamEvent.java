package dev.runnel.stream;

/**
 * An event of a stream.
 */
public interface StreamEvent {

	/**
	 * The event's name, from a fixed set. It never holds text from outside.
	 * @return the value of the SSE field {@code event}
	 */
	String name();

	/**
	 * The event's data as one line of JSON in UTF-8.
	 * @return the value of the SSE field {@code data}
	 */
	byte[] json();

	/**
	 * Whether this event ends the stream.
	 * @return true for the last event
	 */
	boolean terminal();

}
