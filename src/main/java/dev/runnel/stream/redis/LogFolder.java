package dev.runnel.stream.redis;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamState;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XTrimArgs;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Replaces the older events of a log in Redis by fewer events that say the same, as the
 * log in memory has them. The events after the previous fold stay as they are, for
 * readers that were away for a moment.
 */
final class LogFolder {

	private final RedisLink redis;

	private final Set<StreamId> folding = ConcurrentHashMap.newKeySet();

	LogFolder(RedisLink redis) {
		this.redis = redis;
	}

	/**
	 * Folds a log. The merged events are in Redis before others are removed, so that no
	 * reader lacks any.
	 * @param log the log
	 * @param newest the number of the newest event that Redis has
	 * @return completes when it is folded; does nothing while it is being folded
	 */
	Mono<Void> fold(StreamLog<?> log, long newest) {
		StreamId id = log.status().subject().id();
		if (!this.folding.add(id)) {
			return Mono.empty();
		}
		return this.redis.newest(Keys.fold(id))
			.map(Batch::lastId)
			.defaultIfEmpty(0L)
			.flatMap((folded) -> step(log, folded, newest).expand((reached) -> step(log, reached, newest))
				.then(trim(id, folded)))
			.doFinally((signal) -> this.folding.remove(id));
	}

	/**
	 * Writes the next merged event. The keys of a stream that has ended expire soon, and
	 * a write would delay that.
	 * @return its number; empty if the log has merged no more, or has ended
	 */
	private Mono<Long> step(StreamLog<?> log, long folded, long newest) {
		return Flux.defer(() -> (log.backlogBytes(folded) > 0) ? log.copy(folded) : Flux.empty())
			.next()
			.filter((entry) -> entry.id() <= newest && log.status().state() == StreamState.RUNNING)
			.map((entry) -> new Batch(folded, List.of(entry), null))
			.flatMap((batch) -> store(log.status().subject().id(), batch));
	}

	private Mono<Long> store(StreamId id, Batch batch) {
		return Mono.fromCompletionStage(() -> {
			RedisFuture<String> added = this.redis.commands()
				.xadd(Keys.fold(id), new XAddArgs().id(batch.id()), batch.fields());
			this.redis.commands().pexpire(Keys.fold(id), SharedKeys.MAX_AGE.toMillis());
			return added;
		}).thenReturn(batch.lastId());
	}

	private Mono<Void> trim(StreamId id, long folded) {
		XTrimArgs older = XTrimArgs.Builder.minId((folded + 1) + "-0");
		return Mono.fromCompletionStage(() -> this.redis.commands().xtrim(Keys.log(id), older)).then();
	}

}
