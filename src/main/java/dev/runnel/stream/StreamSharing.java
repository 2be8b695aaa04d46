package dev.runnel.stream;

/**
 * Lets several servers read each other's streams.
 */
public interface StreamSharing {

	/**
	 * Shares the streams of this server.
	 * @param <E> the events
	 * @param own the store of the streams that this server writes
	 * @return a store that finds the streams of all servers
	 */
	<E extends StreamEvent> StreamStore<E> share(StreamStore<E> own);

}
