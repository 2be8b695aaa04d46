package dev.runnel.stream;

/**
 * Stores the older events of one stream in little memory and returns them merged. Used by
 * one thread at a time. It never gets a terminal event.
 *
 * @param <E> the events
 */
public interface EventFold<E extends StreamEvent> {

	/**
	 * Adds the next event.
	 * @param id its number, one more than the previous one
	 * @param event the event
	 */
	void add(long id, E event);

	/**
	 * The next part that a reader lacks of the folded events. The writer waits during
	 * this call, so it only copies a slice of bounded length and encodes nothing.
	 * @param after the number of the last event that the reader has, less than the last
	 * one added
	 * @return one event that says the same as one or many events; later events do not
	 * change it
	 */
	Merged<E> next(long after);

	/**
	 * The heap that the fold takes.
	 * @return estimated bytes
	 */
	long heapBytes();

	/**
	 * Consecutive events, merged into one.
	 *
	 * @param <E> the events
	 * @param lastId the number of the last merged event: the reader's new position
	 * @param event the event that says the same as all of them
	 */
	record Merged<E extends StreamEvent>(long lastId, E event) {
	}

}
