package dev.runnel.stream;

import java.util.function.Supplier;

/**
 * Makes the store that the settings ask for.
 */
public interface StreamStores {

	/**
	 * Makes a store.
	 * @param <E> the events it keeps
	 * @param folds makes the fold of a new stream
	 * @return an empty store
	 */
	<E extends StreamEvent> StreamStore<E> create(Supplier<EventFold<E>> folds);

}
