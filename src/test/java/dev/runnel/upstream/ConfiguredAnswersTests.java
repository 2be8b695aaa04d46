package dev.runnel.upstream;

import java.time.Duration;
import java.util.List;

import dev.runnel.upstream.ModelEvent.FellBack;
import dev.runnel.upstream.ModelEvent.Finished;
import dev.runnel.upstream.ModelEvent.Reasoning;
import dev.runnel.upstream.ModelEvent.Text;
import dev.runnel.upstream.Prompt.Message;
import dev.runnel.upstream.UpstreamFailure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConfiguredAnswers}.
 */
class ConfiguredAnswersTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Prompt PROMPT = TestPrompts.question("Hi");

	private static final Prompt CONTINUED = new Prompt(null,
			List.of(new Message(Role.USER, "Hi"), new Message(Role.ASSISTANT, "half"), new Message(Role.USER, "Go on")),
			TestPrompts.SAMPLING, null, null, true);

	private static final ModelEvent FINISHED = new Finished(FinishReason.STOP, "mock", null, null);

	/** A stand-in whose text is the reason why it was asked. */
	private final StandIn standIn = (prompt, cause) -> Flux.just(new Text(String.valueOf(cause)), FINISHED);

	@Test
	void standInAnswersWhereNothingIsConfigured() {
		Answers answers = new ConfiguredAnswers(new ModelEndpoint("a/b", null), failing(Kind.ERROR), this.standIn,
				settings(true));
		assertThat(answers.origin("a/c", null)).isEqualTo(Origin.MOCK);
		StepVerifier.create(answers.streamOrFallBack(PROMPT, Source.MOCK, Mono.never()))
			.expectNext(new Text("null"), FINISHED)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void modelAnswersWhereOneIsConfigured() {
		Answers answers = answers((prompt) -> Flux.just(new Text("yes"), FINISHED), true);
		assertThat(answers.origin("a/c", null)).isEqualTo(Origin.model("a/c"));
		StepVerifier.create(fallingBack(answers)).expectNext(new Text("yes"), FINISHED).expectComplete().verify(LIMIT);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void fallsBackOnlyWhereModelWasNotToBeHad(Kind kind) {
		UpstreamFailure failure = new UpstreamFailure(kind);
		StepVerifier.Step<ModelEvent> step = StepVerifier.create(fallingBack(answers(failing(kind), true)));
		if (kind.unavailable()) {
			step.expectNext(new FellBack(failure), new Text(failure.toString()), FINISHED)
				.expectComplete()
				.verify(LIMIT);
		}
		else {
			step.expectErrorSatisfies((ex) -> assertThat(failure(ex)).isEqualTo(failure)).verify(LIMIT);
		}
	}

	@Test
	void failsWhereFallbackIsSwitchedOff() {
		StepVerifier.create(fallingBack(answers(failing(Kind.UNAVAILABLE), false)))
			.expectError(UpstreamException.class)
			.verify(LIMIT);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void neverMixesMockIntoWhatModelBegan(Kind kind) {
		LanguageModel breaking = (prompt) -> failing(kind).stream(prompt).startWith(new Reasoning("well"));
		StepVerifier.create(fallingBack(answers(breaking, true)))
			.expectNext(new Reasoning("well"))
			.expectErrorSatisfies((ex) -> assertThat(failure(ex).kind()).isEqualTo(kind))
			.verify(LIMIT);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void mockDoesNotGoOnWithWhatModelWrote(Kind kind) {
		StepVerifier.create(answers(failing(kind), true).stream(CONTINUED, Source.OPENROUTER))
			.expectErrorSatisfies((ex) -> assertThat(failure(ex).kind()).isEqualTo(kind))
			.verify(LIMIT);
		Answers withoutKey = new ConfiguredAnswers(new ModelEndpoint("a/b", null), failing(kind), this.standIn,
				settings(true));
		assertThat(withoutKey.origin("a/c", Source.OPENROUTER)).isEqualTo(Origin.model("a/c"));
		StepVerifier.create(withoutKey.stream(CONTINUED, Source.OPENROUTER))
			.expectErrorSatisfies((ex) -> assertThat(failure(ex).kind()).isEqualTo(Kind.UNAVAILABLE))
			.verify(LIMIT);
	}

	@Test
	void modelDoesNotGoOnWithWhatMockWrote() {
		Answers answers = answers((prompt) -> Flux.just(new Text("yes"), FINISHED), true);
		assertThat(answers.origin("a/c", Source.MOCK)).isEqualTo(Origin.MOCK);
		StepVerifier.create(answers.stream(CONTINUED, Source.MOCK))
			.expectNext(new Text("null"), FINISHED)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void mockSaysNothingBeforeItMay() {
		Sinks.Empty<Void> stored = Sinks.empty();
		Answers answers = answers(failing(Kind.UNAVAILABLE), true);
		UpstreamFailure failure = new UpstreamFailure(Kind.UNAVAILABLE);
		StepVerifier.create(answers.streamOrFallBack(PROMPT, Source.OPENROUTER, stored.asMono()), 1)
			.expectNext(new FellBack(failure))
			.thenRequest(Long.MAX_VALUE)
			.then(stored::tryEmitEmpty)
			.expectNext(new Text(failure.toString()), FINISHED)
			.expectComplete()
			.verify(LIMIT);
	}

	private static Flux<ModelEvent> fallingBack(Answers answers) {
		return answers.streamOrFallBack(PROMPT, Source.OPENROUTER, Mono.empty());
	}

	private Answers answers(LanguageModel model, boolean fallsBack) {
		return new ConfiguredAnswers(new ModelEndpoint("a/b", "localhost"), model, this.standIn, settings(fallsBack));
	}

	private static UpstreamSettings settings(boolean fallsBack) {
		return new UpstreamSettings(fallsBack ? UpstreamSettings.Fallback.MOCK : UpstreamSettings.Fallback.ERROR);
	}

	private static LanguageModel failing(Kind kind) {
		return (prompt) -> Flux.error(new UpstreamException(new UpstreamFailure(kind), "broken", null));
	}

	private static UpstreamFailure failure(Throwable ex) {
		return ((UpstreamException) ex).failure();
	}

}
