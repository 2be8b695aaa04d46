package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

class SharedWorkTests {

	/** The runs that have begun, in order. */
	private final List<Sinks.Empty<Void>> begun = new ArrayList<>();

	/** The items of each run. */
	private final List<List<String>> items = new ArrayList<>();

	/** The callers that have been served, in order. */
	private final List<String> served = new ArrayList<>();

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private SharedWork<String> work;

	@BeforeEach
	void start() {
		this.work = new SharedWork<>((items) -> {
			Sinks.Empty<Void> one = Sinks.empty();
			this.begun.add(one);
			this.items.add(items);
			return one.asMono();
		}, Duration.ofMillis(5), this.time);
	}

	@AfterEach
	void stop() {
		this.work.close();
		this.time.dispose();
	}

	private void ask(String caller) {
		this.work.add(caller).subscribe((done) -> {
		}, (ex) -> this.served.add(caller + " failed"), () -> this.served.add(caller));
	}

	private void finish(int number) {
		this.begun.get(number).tryEmitEmpty();
	}

	@Test
	void itemsThatComeDuringARunShareTheNextOne() {
		ask("a");
		ask("b");
		ask("c");
		assertThat(this.begun).hasSize(1);
		finish(0);
		assertThat(this.served).containsExactly("a");
		assertThat(this.begun).hasSize(2);
		finish(1);
		assertThat(this.served).containsExactly("a", "b", "c");
	}

	@Test
	void noRunHasTooManyItems() {
		for (int i = 0; i < 300; i++) {
			ask("caller " + i);
		}
		finish(0);
		finish(1);
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		finish(2);
		assertThat(this.items).extracting(List::size).containsExactly(1, 200, 99);
		assertThat(this.served).hasSize(300);
	}

	@Test
	void theRunAfterASharedOneWaitsAMoment() {
		ask("a");
		ask("b");
		ask("c");
		finish(0);
		finish(1);
		ask("d");
		assertThat(this.begun).hasSize(2);
		this.time.advanceTimeBy(Duration.ofMillis(10));
		assertThat(this.begun).hasSize(3);
		finish(2);
		assertThat(this.served).containsExactly("a", "b", "c", "d");
	}

	@Test
	void manyItemsLetTheNextRunWaitLonger() {
		ask("first");
		for (int i = 0; i < 20; i++) {
			ask("caller " + i);
		}
		finish(0);
		finish(1);
		ask("last");
		this.time.advanceTimeBy(Duration.ofMillis(39));
		assertThat(this.begun).hasSize(2);
		this.time.advanceTimeBy(Duration.ofMillis(1));
		assertThat(this.begun).hasSize(3);
	}

	@Test
	void anUrgentItemWaitsForTheCurrentRunOnly() {
		ask("a");
		ask("b");
		ask("c");
		finish(0);
		this.work.addUrgent("d").subscribe((done) -> {
		}, (ex) -> this.served.add("d failed"), () -> this.served.add("d"));
		assertThat(this.begun).hasSize(2);
		finish(1);
		assertThat(this.begun).hasSize(3);
		finish(2);
		assertThat(this.served).containsExactly("a", "b", "c", "d");
	}

	@Test
	void anUrgentItemEndsThePause() {
		ask("a");
		ask("b");
		ask("c");
		finish(0);
		finish(1);
		ask("d");
		assertThat(this.begun).hasSize(2);
		this.work.addUrgent("e").subscribe((done) -> {
		}, (ex) -> this.served.add("e failed"), () -> this.served.add("e"));
		assertThat(this.begun).hasSize(3);
		assertThat(this.items.get(2)).containsExactly("d", "e");
	}

	@Test
	void aSingleItemDoesNotWait() {
		ask("a");
		finish(0);
		ask("b");
		assertThat(this.begun).hasSize(2);
		finish(1);
		assertThat(this.served).containsExactly("a", "b");
	}

	@Test
	void addingWaitsForNoOtherThread() throws InterruptedException {
		CountDownLatch inside = new CountDownLatch(1);
		CountDownLatch leave = new CountDownLatch(1);
		try (SharedWork<String> slow = new SharedWork<>((items) -> Mono.fromRunnable(() -> {
			inside.countDown();
			await(leave);
		}), Duration.ZERO, this.time)) {
			CompletableFuture<Mono<Void>> first = CompletableFuture.supplyAsync(() -> slow.add("a"));
			assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
			Mono<Void> second = slow.add("b");
			assertThat(first).isNotDone();
			leave.countDown();
			StepVerifier.create(second).expectComplete().verify(Duration.ofSeconds(10));
			assertThat(first).succeedsWithin(Duration.ofSeconds(10));
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void aFailedRunFailsItsItemsAndNotTheNext() {
		ask("a");
		this.begun.get(0).tryEmitError(new IllegalStateException("full"));
		ask("b");
		finish(1);
		assertThat(this.served).containsExactly("a failed", "b");
	}

	@Test
	void goesOnWithoutPausesIfTheTimerFails() {
		this.time.dispose();
		ask("a");
		ask("b");
		ask("c");
		finish(0);
		ask("d");
		finish(1);
		finish(2);
		assertThat(this.served).containsExactly("a", "b", "c", "d");
	}

}
