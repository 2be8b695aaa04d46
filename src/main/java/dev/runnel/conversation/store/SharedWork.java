package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Work that costs about the same for one item as for many, such as a flush or a
 * transaction. One run serves all items that wait for it, and items that come during a
 * run share the next one. If a run has served several items, the next one waits, the
 * longer the more items there were, unless an urgent item comes. A single item does not
 * wait.
 *
 * @param <T> the items
 */
final class SharedWork<T> implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(SharedWork.class);

	/** This many items count for the pause. */
	private static final int MAX_COUNTED = 8;

	/** The maximum number of items of a run. */
	private static final int MAX_ITEMS = 200;

	private final Function<List<T>, Mono<Void>> work;

	private final Duration pause;

	private final Scheduler timer;

	/** The items whose run has not ended. Above zero while runs follow each other. */
	private final AtomicInteger unserved = new AtomicInteger();

	/** The items that wait for the next run. */
	private final Queue<Item<T>> waiting = new ConcurrentLinkedQueue<>();

	/** Ends the pause after the current run. */
	private volatile Sinks.Empty<Void> hurry = Sinks.empty();

	private final Sinks.Empty<Void> closed = Sinks.empty();

	/**
	 * Creates work that begins with the first item.
	 * @param work one run, for the items that it serves
	 * @param pause the time from the beginning of a shared run to the next one, for each
	 * item that it has served
	 * @param timer times the pauses
	 */
	SharedWork(Function<List<T>, Mono<Void>> work, Duration pause, Scheduler timer) {
		this.work = work;
		this.pause = pause;
		this.timer = timer;
	}

	/**
	 * Hands an item to the next run.
	 * @param item the item
	 * @return completes when a run has served the item; an error if that run failed
	 */
	Mono<Void> add(T item) {
		Item<T> added = new Item<>(item, Sinks.empty());
		this.waiting.add(added);
		if (this.unserved.getAndIncrement() == 0) {
			begin();
		}
		return added.served().asMono();
	}

	/**
	 * Hands an item to the next run, which then waits for the current run only.
	 * @param item the item
	 * @return completes when a run has served the item; an error if that run failed
	 */
	Mono<Void> addUrgent(T item) {
		Mono<Void> served = add(item);
		this.hurry.tryEmitEmpty();
		return served;
	}

	/**
	 * Runs until all items are served. A thread that adds an item meanwhile only counts
	 * it, so no thread waits for another.
	 */
	private void begin() {
		Mono.defer(this::next)
			.repeat()
			.takeUntil((more) -> !more)
			.takeUntilOther(this.closed.asMono())
			.subscribe((more) -> {
			}, (ex) -> log.error("Shared work has stopped", ex));
	}

	private Mono<Boolean> next() {
		this.hurry = Sinks.empty();
		List<Item<T>> served = take();
		return run(served).then(Mono.fromSupplier(() -> this.unserved.addAndGet(-served.size()) > 0));
	}

	private Mono<Void> run(List<Item<T>> served) {
		Mono<Void> done = Mono.defer(() -> this.work.apply(served.stream().map(Item::item).toList()))
			.doOnSuccess((nothing) -> served.forEach((one) -> one.served().tryEmitEmpty()))
			.onErrorResume((ex) -> {
				served.forEach((one) -> one.served().tryEmitError(ex));
				return Mono.empty();
			});
		boolean pauses = served.size() > 1 && !this.pause.isZero();
		return pauses ? Mono.when(done, pause(served.size())) : done;
	}

	private List<Item<T>> take() {
		List<Item<T>> taken = new ArrayList<>();
		while (taken.size() < MAX_ITEMS) {
			Item<T> next = this.waiting.poll();
			if (next == null) {
				break;
			}
			taken.add(next);
		}
		return taken;
	}

	/** The pause saves work only, so the next run begins if its timer fails. */
	private Mono<Void> pause(int served) {
		Mono<Long> whole = Mono.delay(this.pause.multipliedBy(Math.min(served, MAX_COUNTED)), this.timer);
		return Mono.firstWithSignal(whole.then(), this.hurry.asMono()).onErrorComplete();
	}

	@Override
	public void close() {
		this.closed.tryEmitEmpty();
	}

	/**
	 * An item.
	 *
	 * @param item the item
	 * @param served completes when it is served
	 */
	private record Item<T>(T item, Sinks.Empty<Void> served) {
	}

}
