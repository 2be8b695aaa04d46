package dev.runnel.web;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Owners of tasks use a thread in turns.
 */
class RenderingTurnsTests {

	private final ExecutorService thread = Executors.newSingleThreadExecutor(RenderingTurnsTests::silent);

	private final RenderingTurns turns = new RenderingTurns(this.thread);

	private final ConcurrentLinkedQueue<String> done = new ConcurrentLinkedQueue<>();

	@AfterEach
	void stop() {
		this.thread.shutdownNow();
	}

	@Test
	void anOwnerWithManyTasksDelaysAnotherByOneTask() throws InterruptedException {
		CountDownLatch begin = new CountDownLatch(1);
		this.thread.execute(() -> awaited(begin));
		for (int i = 1; i <= 100; i++) {
			add("many", i);
		}
		add("few", 1);
		add("few", 2);
		add("one", 1);
		begin.countDown();
		this.thread.shutdown();
		assertThat(this.thread.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
		assertThat(List.copyOf(this.done).subList(0, 6)).containsExactly("many 1", "few 1", "one 1", "many 2", "few 2",
				"many 3");
		assertThat(this.done).hasSize(103);
	}

	@Test
	void aTaskThatFailsDoesNotEndTheTurns() throws InterruptedException {
		this.turns.of("bad").execute(() -> {
			throw new IllegalStateException("a task failed");
		});
		CountDownLatch ran = new CountDownLatch(1);
		this.turns.of("good").execute(ran::countDown);
		assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
	}

	/** Creates a thread that does not print the failure of a task. */
	private static Thread silent(Runnable work) {
		Thread thread = new Thread(work);
		thread.setUncaughtExceptionHandler((same, failure) -> {
		});
		return thread;
	}

	private void add(String owner, int number) {
		this.turns.of(owner).execute(() -> this.done.add(owner + " " + number));
	}

	private static void awaited(CountDownLatch latch) {
		try {
			latch.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
