package dev.runnel.stream;

import java.time.Clock;
import java.util.Comparator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Keeps logs in the memory of one process.
 *
 * @param <E> the events
 */
final class MemoryStreamStore<E extends StreamEvent> implements StreamStore<E>, AutoCloseable {

	/** How often within the longest silence the watchdog looks. */
	private static final int WATCHDOG_LOOKS = 10;

	private final StreamSettings settings;

	private final Supplier<EventFold<E>> folds;

	private final Scheduler scheduler;

	private final Clock clock;

	private final Map<StreamId, MemoryStreamLog<E>> logs = new ConcurrentHashMap<>();

	private final RunningStreams running;

	/** The streams that have ended and are kept, oldest first. */
	private final Queue<StreamId> ended = new ConcurrentLinkedQueue<>();

	private final Disposable watchdog;

	MemoryStreamStore(StreamSettings settings, Supplier<EventFold<E>> folds, Scheduler scheduler, Clock clock) {
		this.settings = settings;
		this.folds = folds;
		this.scheduler = scheduler;
		this.clock = clock;
		this.running = new RunningStreams(settings.maxPerVisitor(), settings.maxTotal());
		long tick = Math.max(1, settings.maxSilence().toMillis() / WATCHDOG_LOOKS);
		this.watchdog = scheduler.schedulePeriodically(this::endLifeless, tick, tick, TimeUnit.MILLISECONDS);
	}

	@Override
	public Mono<Void> checkRoom(Visitor owner) {
		return Mono.fromRunnable(() -> this.running.check(owner));
	}

	@Override
	public Mono<StreamLog<E>> open(StreamSubject subject) {
		return Mono.fromCallable(() -> {
			this.running.enter(subject.owner());
			MemoryStreamLog<E> opened = new MemoryStreamLog<>(subject, this.folds.get(), this.settings.grace(),
					this.scheduler, this.clock, () -> keepForAWhile(subject));
			this.logs.put(subject.id(), opened);
			return opened;
		});
	}

	@Override
	public Mono<StreamLog<E>> find(Visitor owner, StreamId id) {
		return Mono.fromCallable(() -> ownLog(owner, id));
	}

	private @Nullable StreamLog<E> ownLog(Visitor owner, StreamId id) {
		MemoryStreamLog<E> found = this.logs.get(id);
		return (found != null && found.status().subject().owner().equals(owner)) ? found : null;
	}

	@Override
	public Flux<StreamStatus> list(Visitor owner) {
		return Flux.fromIterable(this.logs.values())
			.map(StreamLog::status)
			.filter((status) -> status.subject().owner().equals(owner))
			.sort(Comparator.comparing(StreamStatus::startedAt).reversed());
	}

	@Override
	public Flux<StreamLog<E>> running() {
		return Flux.<StreamLog<E>>fromIterable(this.logs.values())
			.filter((log) -> log.status().state() == StreamState.RUNNING);
	}

	/** Asks every stream to end whose writer has been silent for too long. */
	private void endLifeless() {
		long limit = this.settings.maxSilence().toMillis();
		this.logs.values()
			.stream()
			.filter((log) -> log.silentMillis() > limit)
			.forEach((log) -> log.end(EndRequest.LIFELESS));
	}

	private void keepForAWhile(StreamSubject subject) {
		this.running.leave(subject.owner());
		this.ended.add(subject.id());
		if (this.ended.size() > this.settings.maxTotal()) {
			forget(this.ended.element());
		}
		this.scheduler.schedule(() -> forget(subject.id()), this.settings.retention().toMillis(),
				TimeUnit.MILLISECONDS);
	}

	private void forget(StreamId id) {
		this.ended.remove(id);
		this.logs.remove(id);
	}

	@Override
	public void close() {
		this.watchdog.dispose();
	}

}
