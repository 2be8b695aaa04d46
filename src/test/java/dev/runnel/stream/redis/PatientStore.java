package dev.runnel.stream.redis;

import java.time.Duration;

import dev.runnel.stream.StreamEvent;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamStatus;
import dev.runnel.stream.StreamStore;
import dev.runnel.web.Caller;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.http.HttpStatus;

/**
 * Asks again after the status 503, as a page does: a server without Redis does not know
 * the streams of others.
 *
 * @param <E> the events
 */
record PatientStore<E extends StreamEvent>(StreamStore<E> store) implements StreamStore<E> {

	private static final Retry AGAIN = Retry.fixedDelay(100, Duration.ofMillis(50))
		.filter((ex) -> ex instanceof ProblemException problem
				&& problem.getStatusCode() == HttpStatus.SERVICE_UNAVAILABLE);

	@Override
	public Mono<StreamPlace<E>> enter(Caller caller) {
		return this.store.enter(caller);
	}

	@Override
	public Mono<StreamPlace<E>> takeOver(Caller caller) {
		return this.store.takeOver(caller);
	}

	@Override
	public Mono<StreamLog<E>> find(Visitor owner, StreamId id) {
		return this.store.find(owner, id).retryWhen(AGAIN);
	}

	@Override
	public Flux<StreamStatus> list(Visitor owner) {
		return this.store.list(owner);
	}

	@Override
	public Flux<StreamLog<E>> running() {
		return this.store.running();
	}

}
