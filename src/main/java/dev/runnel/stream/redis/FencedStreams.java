package dev.runnel.stream.redis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamState;
import dev.runnel.stream.StreamSubject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The streams of this server that another server has taken from it, because this one was
 * silent. The other one may have failed before their end. It does not try again, because
 * this server gives signs of life again, so this one sees to their end.
 */
final class FencedStreams {

	private static final Logger logger = LoggerFactory.getLogger(FencedStreams.class);

	private final Map<StreamId, StreamLog<?>> logs = new ConcurrentHashMap<>();

	private final Function<StreamSubject, Mono<Boolean>> end;

	/**
	 * Creates an empty list.
	 * @param end ends a stream in Redis, unless another server has done so or goes on
	 * with it; false if that is not certain yet
	 */
	FencedStreams(Function<StreamSubject, Mono<Boolean>> end) {
		this.end = end;
	}

	void add(StreamLog<?> log) {
		this.logs.put(log.status().subject().id(), log);
	}

	boolean isEmpty() {
		return this.logs.isEmpty();
	}

	/**
	 * Ends the streams whose writer here has ended.
	 * @return completes when each was tried; those that have no end yet are tried again
	 * the next time
	 */
	Mono<Void> end() {
		return Flux.fromIterable(this.logs.values())
			.map(StreamLog::status)
			.filter((status) -> status.state() != StreamState.RUNNING)
			.concatMap((status) -> end(status.subject()))
			.then();
	}

	private Mono<Boolean> end(StreamSubject subject) {
		return Mono.defer(() -> this.end.apply(subject))
			.filter((certain) -> certain)
			.doOnNext((certain) -> this.logs.remove(subject.id()))
			.onErrorResume((ex) -> {
				logger.debug("Stream {} has no end in Redis yet", subject.id(), ex);
				return Mono.empty();
			});
	}

}
