package dev.runnel.imports;

import java.time.Duration;

import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many imports run at once.
 */
class ImportGateTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final ImportGate gate = new ImportGate();

	private void expectRefused(String visitor, int status) {
		StepVerifier.create(this.gate.pass(new Visitor(visitor), Mono.just("done")))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(ProblemException.class, (problem) -> {
				assertThat(problem.getStatusCode().value()).isEqualTo(status);
				assertThat(problem.code()).isEqualTo("rate_limited");
				assertThat(problem.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("10");
			}))
			.verify(LIMIT);
	}

	private void expectTaken(String visitor) {
		StepVerifier.create(this.gate.pass(new Visitor(visitor), Mono.just("done")))
			.expectNext("done")
			.expectComplete()
			.verify(LIMIT);
	}

	private void expectRefusedMeanwhile(String visitor, Mono<String> work) {
		StepVerifier.create(this.gate.pass(new Visitor(visitor), work)).expectSubscription().then(() -> {
			expectRefused(visitor, 429);
			expectTaken("free");
		}).thenCancel().verify(LIMIT);
	}

	@Test
	void aVisitorHasOne() {
		expectRefusedMeanwhile("a", Mono.never());
		expectTaken("a");
	}

	@Test
	void allTogetherHaveTwo() {
		StepVerifier.create(this.gate.pass(new Visitor("a"), Mono.never()))
			.expectSubscription()
			.then(() -> StepVerifier.create(this.gate.pass(new Visitor("b"), Mono.never()))
				.expectSubscription()
				.then(() -> expectRefused("c", 503))
				.thenCancel()
				.verify(LIMIT))
			.then(() -> expectTaken("c"))
			.thenCancel()
			.verify(LIMIT);
	}

	@Test
	void anImportThatFailsLeavesItsPlace() {
		Sinks.One<String> end = Sinks.one();
		StepVerifier.create(this.gate.pass(new Visitor("a"), end.asMono()))
			.expectSubscription()
			.then(() -> end.tryEmitError(new IllegalStateException("broken")))
			.expectError(IllegalStateException.class)
			.verify(LIMIT);
		expectTaken("a");
	}

}
