package dev.runnel.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * The time of a test. Timers fire when the test lets time pass. Work without a delay runs
 * at once, on other threads.
 */
public final class MovableTime implements Scheduler {

	private final VirtualTimeScheduler timers = VirtualTimeScheduler.create();

	private final Scheduler threads = Schedulers.parallel();

	/** Lets time pass. Timers that are due fire on the calling thread. */
	public void pass(Duration time) {
		this.timers.advanceTimeBy(time);
	}

	Clock clock() {
		return new Clock() {

			@Override
			public Instant instant() {
				return Instant.ofEpochMilli(now(TimeUnit.MILLISECONDS));
			}

			@Override
			public ZoneId getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(ZoneId zone) {
				return this;
			}

		};
	}

	@Override
	public long now(TimeUnit unit) {
		return this.timers.now(unit);
	}

	@Override
	public Disposable schedule(Runnable task) {
		return this.threads.schedule(task);
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		return this.timers.schedule(task, delay, unit);
	}

	@Override
	public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
		return this.timers.schedulePeriodically(task, initialDelay, period, unit);
	}

	@Override
	public Worker createWorker() {
		return this.timers.createWorker();
	}

}
