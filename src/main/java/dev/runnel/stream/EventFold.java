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
	 * The next thing that a reader lacks of the events taken in so far.
	 * @param after the number of the last event that the reader has, less than the last
	 * one taken in
	 * @return an entry that says what one or many events said; its number tells how far
	 * it brings the reader
	 */
	LogEntry next(long after);

}
