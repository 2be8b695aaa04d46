package dev.runnel.imports;

import java.time.Duration;

import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The number of uploads and imports at the same time.
 */
class ImportGateTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final ImportGate gate = new ImportGate();

	private Mono<String> upload(String visitor) {
		return this.gate.onePerVisitor(new Visitor(visitor), Mono.just("done"));
	}

	private static void assertRefused(Throwable ex, int status) {
		assertThat(ex).isInstanceOfSatisfying(ProblemException.class, (problem) -> {
			assertThat(problem.getStatusCode().value()).isEqualTo(status);
			assertThat(problem.code()).isEqualTo("rate_limited");
			assertThat(problem.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("10");
		});
	}

	private static void expectDone(Mono<String> work) {
		StepVerifier.create(work).expectNext("done").expectComplete().verify(LIMIT);
	}

	@Test
	void aVisitorHasOne() {
		Disposable running = this.gate.onePerVisitor(new Visitor("a"), Mono.never()).subscribe();
		StepVerifier.create(upload("a")).expectErrorSatisfies((ex) -> assertRefused(ex, 429)).verify(LIMIT);
		expectDone(upload("b"));
		running.dispose();
		expectDone(upload("a"));
		expectDone(upload("a"));
	}

	@Test
	void anUploadThatFailsLeavesThePlaceOfItsVisitor() {
		StepVerifier.create(this.gate.onePerVisitor(new Visitor("a"), Mono.error(new IllegalStateException("broken"))))
			.expectError(IllegalStateException.class)
			.verify(LIMIT);
		expectDone(upload("a"));
	}

	@Test
	void theThirdImportWaitsForAPlace() {
		TestPublisher<String> first = TestPublisher.create();
		Disposable second = this.gate.fewAtOnce(Mono.never()).subscribe();
		Disposable running = this.gate.fewAtOnce(first.mono()).subscribe();
		StepVerifier.withVirtualTime(() -> this.gate.fewAtOnce(Mono.just("done")))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(30))
			.then(() -> first.emit("end"))
			.thenAwait(Duration.ofSeconds(1))
			.expectNext("done")
			.expectComplete()
			.verify(LIMIT);
		assertThat(running.isDisposed()).isTrue();
		second.dispose();
	}

	@Test
	void anImportThatWaitsTooLongIsRefused() {
		Disposable first = this.gate.fewAtOnce(Mono.never()).subscribe();
		Disposable second = this.gate.fewAtOnce(Mono.never()).subscribe();
		StepVerifier.withVirtualTime(() -> this.gate.fewAtOnce(Mono.just("done")))
			.thenAwait(Duration.ofMinutes(2))
			.expectErrorSatisfies((ex) -> assertRefused(ex, 503))
			.verify(LIMIT);
		first.dispose();
		second.dispose();
		expectDone(this.gate.fewAtOnce(Mono.just("done")));
	}

	@Test
	void anImportThatFailsLeavesItsPlace() {
		for (int i = 0; i < 3; i++) {
			Sinks.One<String> end = Sinks.one();
			StepVerifier.create(this.gate.fewAtOnce(end.asMono()))
				.then(() -> end.tryEmitError(new IllegalStateException("broken")))
				.expectError(IllegalStateException.class)
				.verify(LIMIT);
		}
		expectDone(this.gate.fewAtOnce(Mono.just("done")));
	}

	@Test
	void anImportThatIsGivenUpWhileItWaitsTakesNoPlace() {
		Disposable first = this.gate.fewAtOnce(Mono.never()).subscribe();
		Disposable second = this.gate.fewAtOnce(Mono.never()).subscribe();
		StepVerifier.withVirtualTime(() -> this.gate.fewAtOnce(Mono.just("done")))
			.thenAwait(Duration.ofSeconds(1))
			.thenCancel()
			.verify(LIMIT);
		first.dispose();
		expectDone(this.gate.fewAtOnce(Mono.just("done")));
		second.dispose();
	}

}
