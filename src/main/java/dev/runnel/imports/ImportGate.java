package dev.runnel.imports;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Limits the imports at the same time: one upload or import per visitor, and two imports
 * in all, because each holds a large conversation in memory. An upload takes none of the
 * two places before its file is complete. Safe for use by several threads.
 */
final class ImportGate {

	private static final int AT_ONCE = 2;

	private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

	/**
	 * How often a complete file tries to get a place, and the pause between two tries.
	 */
	private static final Retry WAIT = Retry.fixedDelay(240, Duration.ofMillis(250))
		.filter(BusyException.class::isInstance)
		.onRetryExhaustedThrow((wait, last) -> ProblemException.unavailable(Reason.IMPORTS_BUSY, RETRY_AFTER));

	private final Set<Visitor> visitors = new HashSet<>();

	private int running;

	/**
	 * Runs the upload and the import of a visitor.
	 * @param <T> the type of the result
	 * @param visitor the visitor
	 * @param work the upload and the import
	 * @return the result; a problem with status 429 if the visitor has another one
	 */
	<T> Mono<T> onePerVisitor(Visitor visitor, Mono<T> work) {
		return Mono.using(() -> enter(visitor), (entered) -> work, this::leave);
	}

	private synchronized Visitor enter(Visitor visitor) {
		if (!this.visitors.add(visitor)) {
			throw ProblemException.tooMany(RETRY_AFTER, Reason.OWN_IMPORT_RUNNING);
		}
		return visitor;
	}

	private synchronized void leave(Visitor visitor) {
		this.visitors.remove(visitor);
	}

	/**
	 * Runs the import of a complete file. It waits up to a minute for a place.
	 * @param <T> the type of the result
	 * @param work the import
	 * @return the result; a problem with status 503 if no place became free
	 */
	<T> Mono<T> fewAtOnce(Mono<T> work) {
		return Mono.using(this::takePlace, (place) -> work, this::freePlace).retryWhen(WAIT);
	}

	private synchronized Integer takePlace() {
		if (this.running >= AT_ONCE) {
			throw new BusyException();
		}
		this.running++;
		return this.running;
	}

	private synchronized void freePlace(Integer place) {
		this.running--;
	}

	/** All places are taken. */
	private static final class BusyException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		BusyException() {
			super("all places are taken", null, false, false);
		}

	}

}
