package dev.runnel.upstream.openrouter;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.runnel.LeakDetection;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import dev.runnel.upstream.UpstreamException;
import dev.runnel.upstream.UpstreamFailure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * When {@link OpenRouter} makes a second attempt, and when it does not.
 */
@Timeout(60)
@ExtendWith(LeakDetection.class)
class SecondAttemptTests {

	@ParameterizedTest
	@MethodSource("passing")
	void asksOnceMore(String name, Script first) {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(first, Script.hello());
				TestModel model = TestModel.of(upstream)) {
			assertThat(model.ask().text()).isEqualTo("Hello");
			assertThat(upstream.questions()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@MethodSource("lasting")
	void doesNotAskAgain(String name, Script first, Kind kind) {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(first, Script.hello());
				TestModel model = TestModel.of(upstream)) {
			assertThat(model.ask().failure()).isEqualTo(kind);
			assertThat(upstream.questions()).isOne();
		}
	}

	@Test
	void asksNoThirdTime() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.error(502, "provider_unavailable"));
				TestModel model = TestModel.of(upstream)) {
			assertThat(model.ask().failure()).isEqualTo(Kind.UNAVAILABLE);
			assertThat(upstream.questions()).isEqualTo(2);
		}
	}

	@Test
	void waitsAsLongAsUpstreamAsks() {
		try (ScriptedUpstream upstream = ScriptedUpstream
			.start(Script.error(429, "rate_limit_exceeded", "Retry-After: 1"), Script.hello());
				TestModel model = TestModel.of(upstream)) {
			long start = System.nanoTime();
			assertThat(model.ask().text()).isEqualTo("Hello");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
		}
	}

	@Test
	void tellsVisitorWhenToTryAgain() {
		try (ScriptedUpstream upstream = ScriptedUpstream
			.start(Script.error(429, "rate_limit_exceeded", "Retry-After: 30"));
				TestModel model = TestModel.of(upstream)) {
			UpstreamException error = (UpstreamException) model.ask().error();
			assertThat(error.failure().retryAfter()).isEqualTo(Duration.ofSeconds(30));
		}
	}

	/** The server closes an idle connection just when it is reused. */
	@Test
	void asksOnceMoreWhenPooledConnectionWasClosed() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(Script.hello(), Script.empty().reset(), Script.hello());
				TestModel model = TestModel.of(upstream)) {
			List<String> answers = List.of(model.ask().text(), model.ask().text());
			assertThat(answers).containsExactly("Hello", "Hello");
			assertThat(upstream.questions()).isEqualTo(3);
		}
	}

	static Stream<Arguments> passing() {
		return Stream.of(arguments("500", Script.error(500, "server")),
				arguments("502", Script.error(502, "provider_unavailable")),
				arguments("503 in the stream", Script.stream().comment().data("{\"error\":{\"code\":503}}").end()),
				arguments("504", Script.error(504, "timeout")), arguments("524", Script.answer(524, "text/html", "x")),
				arguments("529", Script.answer(529, "", "")),
				arguments("429, soon", Script.error(429, "rate_limit_exceeded", "Retry-After: 0")),
				arguments("429, soon by its body",
						json(429, "{\"error\":{\"code\":429,\"metadata\":{\"retry_after_seconds\":0.1}}}")),
				arguments("402, budget of answers under way", json(402, """
						{"error":{"code":402,"metadata":{"reason":"in_flight_budget_exhausted",
						"limit_source":"openrouter_in_flight_budget","retry_after_seconds":0}}}""")),
				arguments("404, for a moment", json(404, """
						{"error":{"error_type":"not_found","http_status":404,
						"availability":{"code":"capacity_exhausted","retryable":true,"retry_after":0}}}""")),
				arguments("no text", Script.stream().finish("stop").done().end()),
				arguments("reset before the head", Script.empty().reset()),
				arguments("reset before the first text", Script.stream().comment().reset()));
	}

	static Stream<Arguments> lasting() {
		return Stream.of(arguments("400", Script.error(400, "invalid_request"), Kind.REFUSED),
				arguments("401", Script.error(401, "authentication"), Kind.UNAUTHORIZED),
				arguments("402", Script.error(402, "payment_required"), Kind.CREDITS),
				arguments("404", Script.error(404, "not_found"), Kind.MODEL_UNAVAILABLE),
				arguments("429 without a time", Script.error(429, "rate_limit_exceeded"), Kind.RATE_LIMITED),
				arguments("429, later", Script.error(429, "rate_limit_exceeded", "Retry-After: 6"), Kind.RATE_LIMITED),
				arguments("503, later", Script.error(503, "provider_overloaded", "Retry-After: 60"), Kind.UNAVAILABLE),
				arguments("429, tomorrow", json(429,
						"{\"error\":{\"code\":429,\"message\":\"Rate limit exceeded: free-models-per-day\",\"metadata\":{\"retry_after_seconds\":1}}}"),
						Kind.DAILY_LIMIT),
				arguments("after reasoning", Script.stream().reasoning("hm").reset(), Kind.INTERRUPTED),
				arguments("after text", Script.stream().text("Hel").data("{\"error\":{\"code\":503}}").end(),
						Kind.INTERRUPTED));
	}

	private static Script json(int status, String body) {
		return Script.answer(status, "application/json", body);
	}

}
