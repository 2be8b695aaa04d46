package dev.runnel.stream.redis;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import dev.runnel.stream.EndRequest;
import dev.runnel.stream.StreamEvent;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamState;
import dev.runnel.stream.StreamStatus;
import dev.runnel.stream.StreamStore;
import dev.runnel.stream.StreamSubject;
import dev.runnel.web.Caller;
import dev.runnel.web.Visitor;
import io.lettuce.core.RedisException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The streams of all servers. Those of this server are in its memory; the others are read
 * from Redis. While Redis is away, only those of this server are found.
 *
 * @param <E> the events
 */
final class SharedStore<E extends StreamEvent> implements StreamStore<E> {

	private static final Logger logger = LoggerFactory.getLogger(SharedStore.class);

	private final StreamStore<E> own;

	private final UUID node;

	private final SharedKeys keys;

	private final RemoteEntries entries;

	private final NodeRequests requests;

	private final CopyWriter writer;

	private final RemoteReaders readers;

	private final SharedPlaces places;

	private final Mono<Boolean> hasHeir;

	private final Mono<Void> handOver;

	SharedStore(StreamStore<E> own, RedisNode node) {
		this.own = own;
		this.node = node.id();
		this.keys = node.keys();
		this.entries = node.entries();
		this.requests = node.requests();
		this.writer = node.writer();
		this.readers = node.readers();
		this.places = node.places();
		this.hasHeir = Mono.defer(node::hasHeir);
		this.handOver = Mono.defer(node::handOver);
	}

	@Override
	public Mono<StreamPlace<E>> enter(Caller caller) {
		return this.own.enter(caller)
			.flatMap((place) -> this.places.enter(caller)
				.<StreamPlace<E>>map((shared) -> new SharedPlace(place, shared))
				.doOnError((ex) -> place.leave()));
	}

	@Override
	public Mono<StreamPlace<E>> takeOver(Caller caller) {
		return this.own.takeOver(caller).map((place) -> new SharedPlace(place, this.places.uncounted()));
	}

	private Mono<StreamLog<E>> share(StreamLog<E> log) {
		StreamId id = log.status().subject().id();
		this.readers.opened(log);
		return this.writer.add(log).timeout(RedisLink.MAX_WAIT).onErrorResume((ex) -> {
			logger.debug("Stream {} is not in Redis yet", id, ex);
			return Mono.empty();
		}).thenReturn(log);
	}

	@Override
	public Mono<StreamLog<E>> find(Visitor owner, StreamId id) {
		return this.own.find(owner, id)
			.flatMap((log) -> (log.beginsAfter() == 0) ? Mono.just(log) : remote(owner, this.keys.find(id)))
			.switchIfEmpty(Mono.defer(() -> remote(owner, head(id))));
	}

	/** Redis also has the beginning of a stream that this server has taken over. */
	private Mono<StreamLog<E>> remote(Visitor owner, Mono<SharedKeys.Head> found) {
		return found.filter((head) -> head.subject().owner().equals(owner))
			.flatMap((head) -> status(head)
				.<StreamLog<E>>map((status) -> new RemoteLog<>(status, head, this.entries, this.requests)))
			.onErrorMap(RedisException.class, RedisLink::unreachable);
	}

	/**
	 * Finds a stream of another server. A stream that this server wrote and no longer has
	 * is gone.
	 */
	private Mono<SharedKeys.Head> head(StreamId id) {
		return this.keys.find(id).filter((head) -> !head.node().equals(this.node));
	}

	private Mono<StreamStatus> status(SharedKeys.Head head) {
		return this.entries.newest(head.subject().id())
			.map((newest) -> status(head, (newest.end() != null) ? newest.end() : StreamState.RUNNING, newest.lastId()))
			.defaultIfEmpty(status(head, StreamState.RUNNING, 0));
	}

	private static StreamStatus status(SharedKeys.Head head, StreamState state, long lastId) {
		return new StreamStatus(head.subject(), state, lastId, head.startedAt());
	}

	@Override
	public Flux<StreamStatus> list(Visitor owner) {
		return this.own.list(owner).collectList().flatMapMany((own) -> {
			Set<StreamId> known = new HashSet<>();
			own.forEach((status) -> known.add(status.subject().id()));
			return Flux.fromIterable(own)
				.concatWith(listRemote(owner, known))
				.sort(Comparator.comparing(StreamStatus::startedAt).reversed());
		});
	}

	private Flux<StreamStatus> listRemote(Visitor owner, Set<StreamId> known) {
		return this.keys.of(owner)
			.filter((id) -> !known.contains(id))
			.concatMap((id) -> head(id).flatMap(this::status)
				.switchIfEmpty(Mono.defer(() -> this.keys.forget(owner, id).then(Mono.empty()))))
			.onErrorResume((ex) -> {
				logger.debug("The list lacks the streams of other servers", ex);
				return Flux.empty();
			});
	}

	@Override
	public Flux<StreamLog<E>> running() {
		return this.own.running();
	}

	@Override
	public Mono<EndRequest> lastRequest() {
		return this.hasHeir.map((heir) -> heir ? EndRequest.HAND_OVER : EndRequest.SHUTDOWN);
	}

	@Override
	public Mono<Void> handOver() {
		return this.handOver;
	}

	@Override
	public Mono<Long> countRunning() {
		Mono<Long> elsewhere = this.keys.countElsewhere().timeout(RedisLink.MAX_WAIT).onErrorResume((ex) -> {
			logger.debug("The running streams of other servers are not counted", ex);
			return Mono.just(0L);
		});
		return Mono.zip(this.own.countRunning(), elsewhere, Long::sum);
	}

	/** A place whose stream is shared. */
	private final class SharedPlace implements StreamPlace<E> {

		private final StreamPlace<E> place;

		private final SharedPlaces.Place shared;

		private volatile @Nullable StreamId stream;

		SharedPlace(StreamPlace<E> place, SharedPlaces.Place shared) {
			this.place = place;
			this.shared = shared;
		}

		@Override
		public Mono<StreamLog<E>> open(StreamSubject subject) {
			this.stream = subject.id();
			return this.place.open(subject).doOnNext(this::leaveAtEnd).flatMap(SharedStore.this::share);
		}

		@Override
		public Mono<StreamLog<E>> goOn(StreamSubject subject, long after) {
			this.stream = subject.id();
			return this.place.goOn(subject, after).doOnNext(this::leaveAtEnd).flatMap(SharedStore.this::share);
		}

		/** A stream that ends, or is asked to, makes room for another one. */
		private void leaveAtEnd(StreamLog<E> log) {
			log.endRequested()
				.doFinally((signal) -> SharedStore.this.places.leave(this.shared))
				.subscribe((request) -> {
				}, (ex) -> logger.error("A stream still counts after its end", ex));
		}

		@Override
		public void leave() {
			this.place.leave();
			SharedStore.this.places.leave(this.shared);
			if (this.stream != null) {
				SharedStore.this.readers.ended(this.stream);
			}
		}

	}

}
