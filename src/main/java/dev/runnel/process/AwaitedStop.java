package dev.runnel.process;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

/**
 * A component that finishes its work when the application stops. Components of later
 * phases stop only then.
 */
public abstract class AwaitedStop implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(AwaitedStop.class);

	private volatile boolean running;

	/**
	 * Finishes the work.
	 * @return a Mono that completes when the work is finished or its time is over
	 */
	protected abstract Mono<Void> finish();

	/**
	 * Waits for a condition.
	 * @param done checks whether the condition holds
	 * @param every the time between two checks
	 * @param most how long to wait
	 * @return a Mono that completes when the condition holds or the time is over
	 */
	protected static Mono<Void> until(Mono<Boolean> done, Duration every, Duration most) {
		return Flux.interval(Duration.ZERO, every)
			.onBackpressureDrop()
			.concatMap((tick) -> done, 0)
			.takeUntil((held) -> held)
			.takeUntilOther(Mono.delay(most))
			.then();
	}

	@Override
	public final void start() {
		this.running = true;
	}

	@Override
	public final void stop() {
		this.running = false;
	}

	@Override
	public final void stop(Runnable callback) {
		finish().doFinally((signal) -> {
			stop();
			callback.run();
		}).subscribe((done) -> {
		}, (ex) -> log.error("{} could not finish its work", getClass().getSimpleName(), ex));
	}

	@Override
	public final boolean isRunning() {
		return this.running;
	}

}
