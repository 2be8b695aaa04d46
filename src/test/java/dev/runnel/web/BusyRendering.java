package dev.runnel.web;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import reactor.core.publisher.Flux;

import static org.awaitility.Awaitility.await;

/**
 * Fills the threads that render stored answers with the tasks of one owner. Each task
 * waits until a test lets it end. So the order of the tasks, and not the time, decides
 * what others can render meanwhile.
 */
public final class BusyRendering implements AutoCloseable {

	private static final int TASKS = 1000;

	/** The number of ended tasks after which the work of others has to be done. */
	private static final int MOST = 900;

	private final Semaphore ends = new Semaphore(0);

	private final CompletableFuture<Void> tasks;

	private int ended;

	/**
	 * Adds all tasks, behind what is already waiting.
	 * @param owner the owner of the tasks
	 */
	public BusyRendering(Object owner) {
		this.tasks = Flux.range(0, TASKS)
			.flatMap((number) -> RenderingThreads.stored(this::awaitEnd), TASKS)
			.contextWrite((context) -> RenderingThreads.withOwner(context, owner))
			.then()
			.toFuture();
	}

	private boolean awaitEnd() throws InterruptedException {
		return this.ends.tryAcquire(100, TimeUnit.SECONDS);
	}

	/**
	 * Lets the tasks end one by one until something is done, or until only a few tasks
	 * are left.
	 * @param done whether it is done
	 * @return how many tasks were let go
	 */
	public int endUntil(BooleanSupplier done) {
		await().pollInterval(Duration.ofMillis(40))
			.atMost(Duration.ofSeconds(90))
			.until(() -> done.getAsBoolean() || !endAnother());
		return this.ended;
	}

	private boolean endAnother() {
		this.ends.release();
		this.ended++;
		return this.ended < MOST;
	}

	/** Lets all tasks end, and waits for them. */
	@Override
	public void close() {
		this.ends.release(TASKS);
		await().atMost(Duration.ofSeconds(30)).until(this.tasks::isDone);
	}

}
