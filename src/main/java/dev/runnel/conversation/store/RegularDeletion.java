package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

/**
 * Runs a deletion of old conversations at the start and every hour.
 */
final class RegularDeletion implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(RegularDeletion.class);

	private static final Duration LOOK_EVERY = Duration.ofHours(1);

	private final Duration age;

	private final Supplier<Mono<Long>> deletion;

	private volatile Disposable watch = Disposables.disposed();

	/**
	 * Creates it.
	 * @param age the age from which conversations are deleted; the interval is this age
	 * if it is less than an hour
	 * @param deletion deletes the conversations that are too old now, and returns their
	 * number
	 */
	RegularDeletion(Duration age, Supplier<Mono<Long>> deletion) {
		this.age = age;
		this.deletion = deletion;
	}

	@Override
	public void start() {
		Duration often = (this.age.compareTo(LOOK_EVERY) < 0) ? this.age : LOOK_EVERY;
		this.watch = Flux.interval(Duration.ZERO, often)
			.onBackpressureDrop()
			.concatMap((look) -> Mono.defer(this.deletion).onErrorResume((ex) -> {
				log.warn("Old conversations could not be deleted: {}", String.valueOf(ex.getMessage()));
				return Mono.empty();
			}))
			.filter((count) -> count > 0)
			.subscribe((count) -> log.info("Deleted {} conversations for their age", count),
					(ex) -> log.error("Old conversations are not deleted any more", ex));
	}

	@Override
	public void stop() {
		this.watch.dispose();
	}

	@Override
	public boolean isRunning() {
		return !this.watch.isDisposed();
	}

}
