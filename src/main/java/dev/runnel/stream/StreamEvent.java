package dev.runnel.stream;

/**
 * An event that can be logged and sent.
 */
public interface StreamEvent {

	/**
	 * The event's name, from a fixed set: no outside text.
	 * @return the value of the SSE field {@code event}
	 */
	String name();

	/**
	 * The event's data as one line of JSON in UTF-8.
	 * @return the value of the SSE field {@code data}
	 */
	byte[] json();

	/**
	 * Whether the stream ends with this event.
	 * @return true for the last event
	 */
	boolean terminal();

}
