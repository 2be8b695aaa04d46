package dev.runnel.conversation.store;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

/**
 * Repeats work while the application runs. A failed run is logged, and the next one comes
 * as usual.
 * <p>
 * Spring's scheduled methods do not fit: with a fixed delay they block a thread until the
 * run is over, and at a fixed rate a slow run and the next one overlap.
 */
abstract class RegularWork implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(RegularWork.class);

	private final String name;

	private final Flux<Long> times;

	private volatile Disposable runs = Disposables.disposed();

	/**
	 * Creates the work.
	 * @param name a phrase for the log, such as "The deletion of old conversations"
	 * @param times emits when the work should be done
	 */
	RegularWork(String name, Flux<Long> times) {
		this.name = name;
		this.times = times;
	}

	/**
	 * Regular times for work. Those that come during a run are left out.
	 * @param first the time until the first run
	 * @param every the time from one run to the next
	 * @return the times
	 */
	static Flux<Long> every(Duration first, Duration every) {
		return Flux.interval(first, every).onBackpressureDrop();
	}

	/**
	 * Does the work once.
	 * @return a Mono that completes when the work is done
	 */
	abstract Mono<Void> run();

	@Override
	public final void start() {
		this.runs = this.times.concatMap((time) -> Mono.defer(this::run).onErrorResume((ex) -> {
			log.warn("{} failed and will be repeated: {}", this.name, String.valueOf(ex.getMessage()));
			return Mono.empty();
		}), 0).subscribe((done) -> {
		}, (ex) -> log.error("{} has stopped", this.name, ex));
	}

	@Override
	public final void stop() {
		this.runs.dispose();
	}

	@Override
	public final boolean isRunning() {
		return !this.runs.isDisposed();
	}

}
