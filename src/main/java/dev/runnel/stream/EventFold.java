package dev.runnel.stream;

/**
 * Holds the older events of one stream in little space and gives them back merged. Used
 * by one thread at a time. It never sees a terminal event.
 *
 * @param <E> the events
 */
public interface EventFold<E extends StreamEvent> {

	/**
	 * Takes in the next event.
	 * @param id its number, one more than the last
	 * @param event the event
	 */
	void add(long id, E event);

	/**
	 * The next thing that a reader lacks of the events taken in so far. The writer waits
	 * for this call, so it copies a slice of bounded length and encodes nothing.
	 * @param after the number of the last event that the reader has, less than the last
	 * one taken in
	 * @return what one or many events said; later events do not change it
	 */
	Merged<E> next(long after);

	/**
	 * How much heap the fold takes.
	 * @return bytes, estimated
	 */
	long heapBytes();

	/**
	 * Consecutive events in one.
	 *
	 * @param <E> the events
	 * @param lastId the number of the last of them: how far it brings the reader
	 * @param event what they said together
	 */
	record Merged<E extends StreamEvent>(long lastId, E event) {
	}

}
