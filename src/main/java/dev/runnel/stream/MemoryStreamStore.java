package dev.runnel.stream;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.runnel.memory.MemoryAccount;
import dev.runnel.memory.MemoryReservation;
import dev.runnel.memory.MemoryUse;
import dev.runnel.stream.StreamStore.StreamPlace;
import dev.runnel.web.Caller;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Stores logs in the memory of one process.
 *
 * @param <E> the events
 */
final class MemoryStreamStore<E extends StreamEvent> implements StreamStore<E>, AutoCloseable {

	/** How many checks are made within each time limit. */
	private static final int CHECKS = 10;

	/**
	 * The memory of a stream before its first event: its request, its prompt, and two
	 * connections. Measured.
	 */
	private static final long FIRST_BYTES = 64 * 1024;

	private final StreamSettings settings;

	private final Supplier<EventFold<E>> folds;

	private final Scheduler scheduler;

	private final Clock clock;

	private final MemoryAccount memory;

	private final Map<StreamId, MemoryStreamLog<E>> logs = new ConcurrentHashMap<>();

	private final RunningStreams running;

	private final EndedStreams ended;

	private final Disposable.Composite timers;

	private final RoomMaker<E> roomMaker;

	MemoryStreamStore(StreamSettings settings, Supplier<EventFold<E>> folds, Scheduler scheduler, Clock clock,
			MemoryAccount memory) {
		this.settings = settings;
		this.folds = folds;
		this.scheduler = scheduler;
		this.clock = clock;
		this.memory = memory;
		this.roomMaker = new RoomMaker<>(this.logs.values());
		this.running = new RunningStreams(settings);
		this.ended = new EndedStreams(settings.retention().toMillis(), settings.maxTotal(), this.logs::remove);
		memory.registerEvictor(MemoryUse.ENDED_STREAMS, this.ended::makeRoom);
		this.timers = Disposables.composite(
				check(settings.maxSilence(),
						new SilenceCheck(settings.maxSilence(), CHECKS, clock, this.logs.values())),
				check(settings.retention(), () -> this.ended.forgetOld(clock.millis())));
	}

	/** Schedules a check, often enough that a limit is exceeded by at most a tenth. */
	private Disposable check(Duration limit, Runnable task) {
		long tick = Math.max(1, limit.toMillis() / CHECKS);
		return this.scheduler.schedulePeriodically(task, tick, tick, TimeUnit.MILLISECONDS);
	}

	@Override
	public Mono<StreamPlace<E>> enter(Caller caller) {
		return Mono.fromCallable(() -> {
			this.running.enter(caller);
			return place(caller);
		});
	}

	@Override
	public Mono<StreamPlace<E>> takeOver(Caller caller) {
		return Mono.fromCallable(() -> {
			this.running.add(caller);
			return place(caller);
		});
	}

	private StreamPlace<E> place(Caller caller) {
		return new MemoryStreamPlace<>(takeMemory(caller), () -> this.running.leave(caller), this::open);
	}

	private MemoryReservation takeMemory(Caller caller) {
		try {
			return this.memory.begin(MemoryUse.RUNNING_STREAMS, FIRST_BYTES);
		}
		catch (ProblemException ex) {
			this.running.leave(caller);
			throw ex;
		}
	}

	private Mono<StreamLog<E>> open(MemoryStreamPlace<E> place, StreamSubject subject, long after) {
		return Mono.fromCallable(() -> {
			MemoryStreamLog<E> opened = new MemoryStreamLog<>(subject, this.folds.get(), this.settings.grace(),
					this.scheduler, this.clock, place.memory(), () -> keepForAWhile(place, subject),
					this.roomMaker::makeRoom, after);
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

	private void keepForAWhile(MemoryStreamPlace<E> place, StreamSubject subject) {
		place.streamEnded();
		MemoryStreamLog<E> log = this.logs.get(subject.id());
		if (log != null) {
			this.ended.add(subject.id(), this.clock.millis(), log,
					this.memory.count(MemoryUse.ENDED_STREAMS, log.heapBytes()));
		}
	}

	@Override
	public void close() {
		this.timers.dispose();
	}

}
