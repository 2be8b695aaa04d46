package dev.runnel.stream;

import java.util.function.Supplier;

/**
 * Creates the store that the settings select.
 */
public interface StreamStores {

	/**
	 * Creates a store.
	 * @param <E> the events of the store
	 * @param folds creates the fold of a new stream
	 * @return an empty store
	 */
	<E extends StreamEvent> StreamStore<E> create(Supplier<EventFold<E>> folds);

}
