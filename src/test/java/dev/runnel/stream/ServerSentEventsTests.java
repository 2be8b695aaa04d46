package dev.runnel.stream;

import java.time.Duration;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.http.codec.ServerSentEvent;

import static org.assertj.core.api.Assertions.assertThat;

class ServerSentEventsTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final ServerSentEvents events = new ServerSentEvents(Duration.ofSeconds(60));

	private Flux<ServerSentEvent<LogEntry>> response(Flux<LogEntry> entries) {
		return Objects.requireNonNull(this.events.response(entries).getBody());
	}

	/** The headers come with the first bytes, and a quiet stream has no event yet. */
	@Test
	void aReaderForWhomNothingIsNewGetsACommentSoon() {
		StepVerifier.create(response(Flux.never()))
			.assertNext((event) -> assertThat(event.comment()).isEqualTo("keep-alive"))
			.thenCancel()
			.verify(LIMIT);
	}

	@Test
	void afterAnEventACommentWaitsForTheSilence() {
		LogEntry entry = new LogEntry(1, TestEvent.of("a"));
		StepVerifier.create(response(Flux.concat(Flux.just(entry), Flux.never())))
			.assertNext((event) -> assertThat(event.data()).isEqualTo(entry))
			.expectNoEvent(Duration.ofMillis(500))
			.thenCancel()
			.verify(LIMIT);
	}

}
