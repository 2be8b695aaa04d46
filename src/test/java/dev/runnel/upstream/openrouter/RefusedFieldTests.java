package dev.runnel.upstream.openrouter;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.runnel.LeakDetection;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.Prompt.Sampling;
import dev.runnel.upstream.ReasoningEffort;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import dev.runnel.upstream.UpstreamFailure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How {@link OpenRouter} handles a service that refuses a field of the request.
 */
@Timeout(60)
@ExtendWith(LeakDetection.class)
class RefusedFieldTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final Script TOO_LARGE = refusal(
			"'max_tokens' is too large: 4096. This model's maximum context length is 4096 tokens", "max_tokens");

	@Test
	void takesTheOtherNameOfTheLimitAndRemembersIt() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(refusal("Unsupported parameter", "max_tokens"),
				Script.hello(), Script.hello()); TestModel model = TestModel.of(upstream)) {
			assertThat(List.of(model.ask().text(), model.ask().text())).containsExactly("Hello", "Hello");
			assertThat(upstream.requests()).map(RefusedFieldTests::limit)
				.containsExactly("max_tokens", "max_completion_tokens", "max_completion_tokens");
		}
	}

	@Test
	void dropsOneFieldAfterTheOther() {
		Sampling sampling = new Sampling(0.5, 0.9, null, ReasoningEffort.LOW);
		try (ScriptedUpstream upstream = ScriptedUpstream.start(refusal("no", "max_tokens"),
				refusal("no", "max_completion_tokens"), refusal("no", "stream_options"), refusal("no", "temperature"),
				refusal("no", "top_p"), refusal("no", "reasoning_effort"), Script.hello());
				TestModel model = TestModel.of(upstream)) {
			assertThat(ask(model, sampling).text()).isEqualTo("Hello");
			assertThat(body(upstream.requests().get(6)).propertyNames()).containsExactlyInAnyOrder("model", "stream",
					"messages");
		}
	}

	@Test
	void sendsNoLimitThatNobodyAskedForWhereItIsTooLarge() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(TOO_LARGE, Script.hello());
				TestModel model = TestModel.of(upstream)) {
			assertThat(model.ask().text()).isEqualTo("Hello");
			assertThat(upstream.requests()).map(RefusedFieldTests::limit).containsExactly("max_tokens", "none");
		}
	}

	@Test
	void keepsLimitThatSomebodyAskedFor() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(TOO_LARGE, Script.hello());
				TestModel model = TestModel.of(upstream)) {
			assertThat(ask(model, new Sampling(null, null, 4096, null)).failure()).isEqualTo(Kind.CONTEXT_TOO_LONG);
			assertThat(upstream.questions()).isOne();
		}
	}

	@Test
	void doesNotAskForEverWhereRefusalIsAlwaysTheSame() {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(refusal("no", "stream_options"));
				TestModel model = TestModel.of(upstream)) {
			assertThat(model.ask().failure()).isEqualTo(Kind.REFUSED);
			assertThat(upstream.questions()).isEqualTo(2);
		}
	}

	private static Answer ask(TestModel model, Sampling sampling) {
		Prompt prompt = new Prompt(null, TestModel.QUESTION.messages(), sampling, null, null);
		return Answer.of(model.model().stream(prompt), Duration.ofSeconds(30));
	}

	private static Script refusal(String message, String field) {
		return Script.answer(400, "application/json",
				"{\"error\":{\"message\":\"%s\",\"param\":\"%s\"}}".formatted(message, field));
	}

	private static String limit(ScriptedUpstream.Request request) {
		return Stream.of("max_tokens", "max_completion_tokens").filter(body(request)::has).findFirst().orElse("none");
	}

	private static JsonNode body(ScriptedUpstream.Request request) {
		return JSON.readTree(request.body());
	}

}
