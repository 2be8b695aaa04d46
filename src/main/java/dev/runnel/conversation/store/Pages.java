package dev.runnel.conversation.store;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads what is too much to read at once.
 */
final class Pages {

	private Pages() {
	}

	/**
	 * Reads page after page, at most one ahead of what is taken.
	 * @param <T> what is on a page
	 * @param size how many a page has that is not the last one
	 * @param page reads the page after the one that is given, or the first one
	 * @return the pages; the last one may be empty
	 */
	static <T> Flux<List<T>> read(int size, Function<@Nullable T, Mono<List<T>>> page) {
		// Not expand(): it asks for a page when the one before was taken, and Reactor's
		// collectList() (3.8.8) loses a request that comes at the moment in which its
		// source ends empty. Going into the depth asks for each as it is subscribed.
		return page.apply(null)
			.expandDeep((before) -> (before.size() < size) ? Mono.empty() : page.apply(before.get(before.size() - 1)));
	}

}
