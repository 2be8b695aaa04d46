package dev.runnel.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.runnel.upstream.ModelEvent.Finished;
import dev.runnel.upstream.ModelEvent.Named;
import dev.runnel.upstream.ModelEvent.Reasoning;
import dev.runnel.upstream.ModelEvent.Text;
import dev.runnel.upstream.Prompt.Message;
import dev.runnel.upstream.UpstreamFailure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RoutedModel}.
 */
class RoutedModelTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final ModelRoute FIRST = new ModelRoute("one", "first", "one");

	private static final ModelRoute SECOND = new ModelRoute("second/one", "second", "one");

	/** The prompts that came to each service. */
	private final Map<String, Prompt> asked = new ConcurrentHashMap<>();

	@Test
	void asksTheServiceOfTheRouteForItsOwnIdOfTheModel() {
		StepVerifier.create(routed(says("a"), says("b")).stream(prompt(SECOND)))
			.expectNext(new Text("b"))
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.asked).containsOnlyKeys("second");
		assertThat(this.asked.get("second").model()).isEqualTo("one");
		assertThat(this.asked.get("second").routes()).containsExactly(SECOND);
	}

	@Test
	void asksNobodyWithoutARoute() {
		StepVerifier.create(routed(says("a"), says("b")).stream(TestPrompts.question("Hi")))
			.expectErrorSatisfies((ex) -> assertThat(kind(ex)).isEqualTo(Kind.MODEL_UNAVAILABLE))
			.verify(LIMIT);
		StepVerifier.create(routed(says("a"), says("b")).stream(prompt(new ModelRoute("one", "third", "one"))))
			.expectErrorSatisfies((ex) -> assertThat(kind(ex)).isEqualTo(Kind.MODEL_UNAVAILABLE))
			.verify(LIMIT);
		assertThat(this.asked).isEmpty();
	}

	@Test
	void namesModelsByTheIdsOfVisitors() {
		Flux<ModelEvent> answer = Flux.just(new Named("one", "Acme"), new Text("b"),
				new Finished(FinishReason.STOP, "one-2026", "Acme", null));
		StepVerifier.create(routed(says("a"), answer).stream(prompt(SECOND)))
			.expectNext(new Named("second/one", "Acme"), new Text("b"),
					new Finished(FinishReason.STOP, "second/one-2026", "Acme", null))
			.expectComplete()
			.verify(LIMIT);
		StepVerifier.create(routed(answer, says("b")).stream(prompt(FIRST)))
			.expectNext(new Named("one", "Acme"), new Text("b"),
					new Finished(FinishReason.STOP, "one-2026", "Acme", null))
			.expectComplete()
			.verify(LIMIT);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void asksTheNextServiceIfTheModelIsNotAvailable(Kind kind) {
		StepVerifier.Step<ModelEvent> step = StepVerifier
			.create(routed(fails(kind), says("b")).stream(prompt(FIRST, SECOND)));
		if (kind.unavailable() || kind == Kind.MODEL_UNAVAILABLE) {
			step.expectNext(new Named("second/one", null), new Text("b")).expectComplete().verify(LIMIT);
		}
		else {
			step.expectErrorSatisfies((ex) -> assertThat(kind(ex)).isEqualTo(kind)).verify(LIMIT);
			assertThat(this.asked).containsOnlyKeys("first");
		}
	}

	@Test
	void noOtherServiceWritesIntoAnAnswerThatHasBegun() {
		Flux<ModelEvent> broken = Flux.concat(Mono.just(new Reasoning("well")), fails(Kind.UNAVAILABLE));
		StepVerifier.create(routed(broken, says("b")).stream(prompt(FIRST, SECOND)))
			.expectNext(new Reasoning("well"))
			.expectErrorSatisfies((ex) -> assertThat(kind(ex)).isEqualTo(Kind.UNAVAILABLE))
			.verify(LIMIT);
	}

	@Test
	void theFirstFailureIsTheOneToShow() {
		StepVerifier.create(routed(fails(Kind.CREDITS), fails(Kind.MODEL_UNAVAILABLE)).stream(prompt(FIRST, SECOND)))
			.expectErrorSatisfies((ex) -> assertThat(kind(ex)).isEqualTo(Kind.CREDITS))
			.verify(LIMIT);
		assertThat(this.asked).containsOnlyKeys("first", "second");
	}

	@Test
	void anotherModelThatBreaksOffShowsItsOwnFailure() {
		Flux<ModelEvent> broken = Flux.concat(says("b"), fails(Kind.INTERRUPTED));
		StepVerifier.create(routed(fails(Kind.CREDITS), broken).stream(prompt(FIRST, SECOND)))
			.expectNext(new Named("second/one", null), new Text("b"))
			.expectErrorSatisfies((ex) -> assertThat(kind(ex)).isEqualTo(Kind.INTERRUPTED))
			.verify(LIMIT);
	}

	@Test
	void noOtherModelContinuesAnAnswer() {
		Prompt continued = new Prompt("one", List.of(FIRST, SECOND),
				List.of(new Message(Role.USER, "Hi"), new Message(Role.ASSISTANT, "half"),
						new Message(Role.USER, "Go on")),
				TestPrompts.SAMPLING, null, null, true);
		StepVerifier.create(routed(fails(Kind.UNAVAILABLE), says("b")).stream(continued))
			.expectErrorSatisfies((ex) -> assertThat(kind(ex)).isEqualTo(Kind.UNAVAILABLE))
			.verify(LIMIT);
		assertThat(this.asked).containsOnlyKeys("first");
	}

	@Test
	void twoServicesNeedTwoNames() {
		ModelService one = service("same", says("a"));
		assertThatIllegalArgumentException().isThrownBy(() -> new ModelServices(List.of(one, one), List.of()))
			.withMessage("runnel.upstreams has two services named same");
	}

	private RoutedModel routed(Flux<ModelEvent> first, Flux<ModelEvent> second) {
		return new RoutedModel(
				new ModelServices(List.of(service("first", first), service("second", second)), List.of()));
	}

	private ModelService service(String name, Flux<ModelEvent> answer) {
		return new ModelService(name, "localhost", true, false, List.of(), false, NoList.INSTANCE, (prompt) -> {
			this.asked.put(name, prompt);
			return answer;
		});
	}

	private static Prompt prompt(ModelRoute... routes) {
		return TestPrompts.question("Hi").along(List.of(routes));
	}

	private static Flux<ModelEvent> says(String text) {
		return Flux.just(new Text(text));
	}

	private static Flux<ModelEvent> fails(Kind kind) {
		return Flux.error(new UpstreamException(new UpstreamFailure(kind), "broken", null));
	}

	private static Kind kind(Throwable ex) {
		return ((UpstreamException) ex).failure().kind();
	}

	/**
	 * A service whose models nobody lists.
	 */
	private enum NoList implements ModelDirectory {

		INSTANCE;

		@Override
		public Mono<List<Model>> list() {
			return Mono.empty();
		}

		@Override
		public List<Model> builtIn() {
			return List.of();
		}

	}

}
