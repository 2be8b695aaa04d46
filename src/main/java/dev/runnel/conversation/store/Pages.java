package dev.runnel.conversation.store;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads large results in pages.
 */
final class Pages {

	private Pages() {
	}

	/**
	 * Reads page after page, at most one page ahead of the subscriber.
	 * @param <T> the type of an element
	 * @param size the number of elements on a full page; a smaller page is the last one
	 * @param page reads the page after the given element, or the first page if it is null
	 * @return the pages; the last one may be empty
	 */
	static <T> Flux<List<T>> read(int size, Function<@Nullable T, Mono<List<T>>> page) {
		// expandDeep(), not expand(): expand() requests a page when the previous page has
		// been
		// consumed, and Reactor's collectList() (3.8.8) loses a request that arrives
		// while its source completes empty. expandDeep() requests each page when it
		// subscribes to it.
		return page.apply(null)
			.expandDeep((before) -> (before.size() < size) ? Mono.empty() : page.apply(before.get(before.size() - 1)));
	}

}
