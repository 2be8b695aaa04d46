package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of reading in pages.
 */
class PagesTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static Mono<List<Integer>> page(int first, int size, int total) {
		return Flux.range(first, Math.max(0, Math.min(size, total - first)))
			.subscribeOn(Schedulers.parallel())
			.collectList();
	}

	private static Flux<List<Integer>> pages(int size, int total) {
		return Pages.<Integer>read(size, (last) -> page((last != null) ? last + 1 : 0, size, total));
	}

	@Test
	void followOneAnother() {
		StepVerifier.create(pages(2, 5))
			.expectNext(List.of(0, 1), List.of(2, 3), List.of(4))
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void endWithAnEmptyOneWhereTheLastWasFull() {
		StepVerifier.create(pages(2, 4))
			.expectNext(List.of(0, 1), List.of(2, 3), List.of())
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void areAskedForBeforeTheyAreWanted() {
		TestPublisher<List<Integer>> second = TestPublisher.create();
		StepVerifier
			.create(Pages.<Integer>read(2, (last) -> (last != null) ? second.mono() : Mono.just(List.of(0, 1))), 1)
			.expectNext(List.of(0, 1))
			.then(() -> second.assertMinRequested(1))
			.thenCancel()
			.verify(LIMIT);
	}

	@Test
	void areReadOneAheadAtMost() {
		TestPublisher<List<Integer>> third = TestPublisher.create();
		StepVerifier
			.create(Pages.<Integer>read(1,
					(last) -> (last == null) ? Mono.just(List.of(0))
							: (last == 0) ? Mono.just(List.of(1)) : third.mono()),
					1)
			.expectNext(List.of(0))
			.then(third::assertWasNotSubscribed)
			.thenRequest(1)
			.expectNext(List.of(1))
			.then(third::assertWasSubscribed)
			.thenCancel()
			.verify(LIMIT);
	}

	@Test
	void neverStandStill() {
		Mono<Long> readSlowly = pages(20, 40).concatMapIterable((page) -> page, 1)
			.publishOn(Schedulers.single(), 1)
			.count();
		StepVerifier.create(readSlowly.repeat(20_000).distinct())
			.assertNext((count) -> assertThat(count).isEqualTo(40))
			.expectComplete()
			.verify(Duration.ofSeconds(60));
	}

}
