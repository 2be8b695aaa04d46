package dev.runnel.upstream.mock;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.runnel.upstream.LanguageModelContract;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.ModelEvent.Reasoning;
import dev.runnel.upstream.ModelEvent.Text;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.Prompt.Message;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.TestPrompts;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.upstream.UpstreamFailure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of a language model for the mock, and what only the mock does.
 */
class MockModelTests extends LanguageModelContract {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final MockModel mock = new MockModel(new MockSettings(Duration.ZERO, Duration.ofMillis(2), 7L));

	@Override
	protected Flux<ModelEvent> goodAnswer() {
		return this.mock.stream(prompt("/mock reasoning"), null);
	}

	@Override
	protected Flux<ModelEvent> brokenAnswer() {
		return this.mock.stream(prompt("/mock error"), null);
	}

	@Test
	void saysThatItIsMockAndHowToConnectModel() {
		assertThat(text("Hello there")).contains("mock answer")
			.contains("No language model wrote this")
			.contains("OPENROUTER_API_KEY")
			.contains("> Hello there");
	}

	@Test
	void leavesItToTheEventToSayWhyTheModelDidNotAnswer() {
		assertThat(text("Hello", new UpstreamFailure(Kind.CREDITS))).startsWith("You asked:\n\n> Hello\n")
			.doesNotContain("mock answer", "No language model", "No model is configured", "credits");
	}

	@ParameterizedTest
	@ValueSource(strings = { "one", "two", "three", "four", "five", "/mock" })
	void showsWhatPageCanRender(String question) {
		assertThat(text(question)).contains("\n### ", "**", "*", "`", "\n```", "\n| --- ", "\n> ", "](https://")
			.containsPattern("\\n {2,3}- ");
	}

	@Test
	void answersSameQuestionAlikeWhenSeeded() {
		MockModel again = new MockModel(new MockSettings(Duration.ZERO, Duration.ZERO, 7L));
		for (String question : List.of("one", "two", "three", "four")) {
			assertThat(text(question)).isEqualTo(text(again, question, null));
		}
	}

	@Test
	void answersDifferentQuestionsDifferently() {
		Set<String> answers = Stream.of("a", "b", "c", "d")
			.map((question) -> text(question).replace("> " + question + "\n", ""))
			.collect(Collectors.toSet());
		assertThat(answers).hasSizeGreaterThan(2);
	}

	@Test
	void isLongWhenAsked() {
		assertThat(text("/mock long")).hasSizeGreaterThan(8_000);
	}

	@Test
	void isSlowWhenAsked() {
		MockModel slow = new MockModel(new MockSettings(Duration.ZERO, Duration.ofMillis(500), 7L));
		StepVerifier.withVirtualTime(() -> slow.stream(prompt("/mock slow"), null))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(3))
			.thenAwait(Duration.ofMillis(500))
			.expectNext(new Text("## "))
			.thenCancel()
			.verify(LIMIT);
	}

	@Test
	void writesWordByWordAtItsPace() {
		MockModel paced = new MockModel(new MockSettings(Duration.ofMillis(30), Duration.ZERO, 7L));
		StepVerifier.withVirtualTime(() -> paced.stream(prompt("Hi"), null))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(29))
			.thenAwait(Duration.ofMillis(1))
			.expectNext(new Text("## "))
			.expectNoEvent(Duration.ofMillis(29))
			.thenAwait(Duration.ofMillis(1))
			.expectNext(new Text("This "))
			.thenCancel()
			.verify(LIMIT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Hi", "/mock", "/mock long", "/mock slow", "/mock reasoning" })
	void goesOnWhereItStopped(String question) {
		String whole = text(question);
		String half = whole.substring(0, whole.length() / 2);
		List<ModelEvent> rest = this.mock.stream(continued(question, half), null).collectList().block(LIMIT);
		assertThat(rest).noneMatch(Reasoning.class::isInstance);
		assertThat(half + textOf(rest)).isEqualTo(whole);
	}

	@Test
	void goesOnAfterTextOfItsThatItDoesNotKnow() {
		List<ModelEvent> rest = this.mock.stream(continued("Hi", "Something else"), null).collectList().block(LIMIT);
		assertThat(textOf(rest)).isEqualTo("\n\n" + text("Hi"));
	}

	private static Prompt continued(String question, String half) {
		return new Prompt(null, List.of(new Message(Role.USER, question), new Message(Role.ASSISTANT, half),
				new Message(Role.USER, "Go on")), TestPrompts.SAMPLING, null, null, true);
	}

	private String text(String question) {
		return text(question, null);
	}

	private String text(String question, UpstreamFailure cause) {
		return text(this.mock, question, cause);
	}

	private static String text(MockModel mock, String question, UpstreamFailure cause) {
		return textOf(events(mock, question, cause));
	}

	private static String textOf(List<ModelEvent> events) {
		return events.stream()
			.filter(Text.class::isInstance)
			.map((event) -> ((Text) event).text())
			.collect(Collectors.joining());
	}

	private static List<ModelEvent> events(MockModel mock, String question, UpstreamFailure cause) {
		return mock.stream(prompt(question), cause).collectList().block(LIMIT);
	}

	private static Prompt prompt(String question) {
		return TestPrompts.question(question);
	}

}
