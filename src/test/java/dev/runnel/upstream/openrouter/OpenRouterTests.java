package dev.runnel.upstream.openrouter;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.LanguageModelContract;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.ModelEvent.Finished;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import dev.runnel.upstream.ScriptedUpstream.Request;
import dev.runnel.upstream.UpstreamFailure.Kind;
import dev.runnel.upstream.Usage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of a language model for {@link OpenRouter}, and what only it does, against
 * a real socket.
 */
@Timeout(60)
class OpenRouterTests extends LanguageModelContract {

	private final List<AutoCloseable> open = new ArrayList<>();

	@AfterEach
	void closeAll() throws Exception {
		for (AutoCloseable one : this.open) {
			one.close();
		}
	}

	private Flux<ModelEvent> answer(Script script) {
		ScriptedUpstream upstream = ScriptedUpstream.start(script);
		TestModel model = TestModel.of(upstream);
		this.open.addAll(List.of(model, upstream));
		return model.model().stream(TestModel.QUESTION);
	}

	@Override
	protected Flux<ModelEvent> goodAnswer() {
		return answer(Script.stream().reasoning("Well. ").text("Hel").text("lo").finish("stop").usage().done().end());
	}

	@Override
	protected Flux<ModelEvent> brokenAnswer() {
		return answer(Script.stream().text("Hel").reset());
	}

	@Test
	void streamsAnswerWithItsUsage() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello());
				TestModel model = TestModel.of(upstream)) {
			Answer answer = model.ask();
			assertThat(answer.error()).isNull();
			assertThat(answer.text()).isEqualTo("Hello");
			assertThat(answer.finished()).isEqualTo(new Finished(FinishReason.STOP, "acme/chat-1", "Acme",
					new Usage(12L, 2L, 1L, 4L, new BigDecimal("0.00002"))));
		}
	}

	@Test
	void responsesBeforeTheAnswerAreNotTheAnswer() {
		Script script = Script.empty()
			.raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n")
			.pause(Duration.ofMillis(50))
			.raw("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
			.text("Hello")
			.finish("stop")
			.done()
			.close();
		try (ScriptedUpstream upstream = ScriptedUpstream.start(script); TestModel model = TestModel.of(upstream)) {
			Answer answer = model.ask();
			assertThat(answer.error()).isNull();
			assertThat(answer.text()).isEqualTo("Hello");
		}
	}

	@Test
	void sendsKeyAndQuestion() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello());
				TestModel model = TestModel.of(upstream)) {
			model.ask();
			Request request = upstream.takeRequest();
			assertThat(request.path()).isEqualTo("/api/v1/chat/completions");
			assertThat(request.headers()).containsEntry("Authorization", "Bearer " + TestModel.KEY)
				.containsEntry("X-OpenRouter-Title", "Runnel");
			assertThat(request.text()).contains("\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]");
		}
	}

	/** The connection may return to the pool a moment after the answer has ended. */
	@Test
	void usesConnectionAgainAfterGoodEnd() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello());
				TestModel model = TestModel.of(upstream)) {
			Set<Object> connections = new HashSet<>();
			for (int i = 0; i < 10; i++) {
				model.ask();
				connections.add(upstream.takeConnection());
			}
			assertThat(connections).hasSizeLessThan(5);
		}
	}

	@Test
	void asksForMoreThanFiveHundredAnswersAtOnce() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.empty().stall());
				TestModel model = TestModel.of(upstream)) {
			Disposable answers = Flux.range(0, 600)
				.flatMap((i) -> model.model().stream(TestModel.QUESTION), 600)
				.subscribe();
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> upstream.questions() == 600);
			answers.dispose();
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> upstream.openConnections() == 0);
		}
	}

	@Test
	void mergesBurst() {
		Script burst = Script.stream().burst((script) -> IntStream.range(0, 100).forEach((i) -> script.text("word ")));
		try (ScriptedUpstream upstream = ScriptedUpstream.start(burst.done().end());
				TestModel model = TestModel.of(upstream)) {
			Answer answer = model.ask();
			assertThat(answer.text()).isEqualTo("word ".repeat(100));
			assertThat(answer.events()).hasSizeLessThan(20);
		}
	}

	@Test
	void asksOnceMoreWhereThatHelps() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.error(503, "provider_overloaded"),
				Script.hello()); TestModel model = TestModel.of(upstream)) {
			assertThat(model.ask().text()).isEqualTo("Hello");
			assertThat(upstream.questions()).isEqualTo(2);
		}
	}

	@Test
	void failsAfterTextWithoutMendingIt() {
		Script broken = Script.stream().text("Hel").reset();
		try (ScriptedUpstream upstream = ScriptedUpstream.start(broken); TestModel model = TestModel.of(upstream)) {
			Answer answer = model.ask();
			assertThat(answer.text()).isEqualTo("Hel");
			assertThat(answer.failure()).isEqualTo(Kind.INTERRUPTED);
			assertThat(upstream.questions()).isOne();
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void theLogNamesTheServiceThatFailed(CapturedOutput output) {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.error(401, "authentication"));
				TestModel model = TestModel.of(upstream)) {
			assertThat(model.ask().failure()).isEqualTo(Kind.UNAUTHORIZED);
			assertThat(output).contains("Upstream 127.0.0.1 failed with UNAUTHORIZED: HTTP 401");
		}
	}

	@Test
	void doesNotAskAgainWhatWasRefused() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.error(401, "authentication"));
				TestModel model = TestModel.of(upstream)) {
			Answer answer = model.ask();
			assertThat(answer.failure()).isEqualTo(Kind.UNAUTHORIZED);
			assertThat(answer.events()).isEqualTo(List.of());
			assertThat(upstream.questions()).isOne();
		}
	}

}
