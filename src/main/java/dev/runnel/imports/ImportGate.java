package dev.runnel.imports;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;

/**
 * Lets few imports run at once: each may hold a large file and a large conversation. Any
 * thread may call it.
 */
final class ImportGate {

	private static final int AT_ONCE = 2;

	private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

	private final Set<Visitor> running = new HashSet<>();

	/**
	 * Runs an import.
	 * @param <T> what comes of it
	 * @param visitor whose it is
	 * @param work the import
	 * @return the result; a problem with the status 429 if an import of the visitor runs
	 * already, or 503 if too many others run
	 */
	<T> Mono<T> pass(Visitor visitor, Mono<T> work) {
		return Mono.usingWhen(Mono.fromCallable(() -> enter(visitor)), (entered) -> work,
				(entered) -> Mono.fromRunnable(() -> leave(entered)));
	}

	private synchronized Visitor enter(Visitor visitor) {
		if (this.running.contains(visitor)) {
			throw ProblemException.tooMany("An import of yours is still running. Try again when it is done.",
					RETRY_AFTER);
		}
		if (this.running.size() >= AT_ONCE) {
			throw new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, ErrorCode.RATE_LIMITED.code(),
					"Too many imports are running. Try again in a few seconds.", List.of(), RETRY_AFTER);
		}
		this.running.add(visitor);
		return visitor;
	}

	private synchronized void leave(Visitor visitor) {
		this.running.remove(visitor);
	}

}
