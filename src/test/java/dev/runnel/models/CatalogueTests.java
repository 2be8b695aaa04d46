package dev.runnel.models;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Catalogue}.
 */
@ExtendWith(OutputCaptureExtension.class)
class CatalogueTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final List<Model> BUILT_IN = List.of(Model.of("acme/default"), Model.of("acme/other"));

	private final AtomicReference<Mono<List<Model>>> upstream = new AtomicReference<>(Mono.never());

	private final Catalogue catalogue = catalogue(new ModelEndpoint("acme/default", "localhost"));

	@Test
	void offersEveryWellFormedIdUntilListIsKnown() {
		assertThat(this.catalogue.list()).isEqualTo(BUILT_IN);
		assertThat(this.catalogue.offered("some/model:free")).isTrue();
		assertThat(this.catalogue.offered("~some/model-1.5_x")).isTrue();
		assertThat(this.catalogue.offered("C:\\models\\my model.gguf")).isTrue();
		assertThat(this.catalogue.offered("two\nlines")).isFalse();
		assertThat(this.catalogue.offered(" ")).isFalse();
	}

	@Test
	void offersWhatIsListedAndTheDefault() {
		refresh(Mono.just(List.of(Model.of("acme/new"))), true);
		assertThat(this.catalogue.list()).extracting(Model::id).containsExactly("acme/default", "acme/new");
		assertThat(this.catalogue.offered("acme/new")).isTrue();
		assertThat(this.catalogue.offered("acme/default")).isTrue();
		assertThat(this.catalogue.offered("acme/other")).isFalse();
		assertThat(this.catalogue.find("acme/new")).isPresent();
		assertThat(this.catalogue.find("acme/other")).isEmpty();
	}

	@Test
	void offersOnlyWhatIsAllowed() {
		Catalogue few = catalogue(new ModelEndpoint("acme/default", "localhost"), "acme/n*", "b/one");
		assertThat(few.offered("acme/dear")).isFalse();
		assertThat(few.offered("acme/not-listed-yet")).isTrue();
		this.upstream.set(Mono.just(Stream.of("acme/new", "acme/dear", "b/one", "b/one-more").map(Model::of).toList()));
		StepVerifier.create(few.refresh()).expectNext(true).expectComplete().verify(LIMIT);
		assertThat(few.list()).extracting(Model::id).containsExactly("acme/default", "acme/new", "b/one");
		assertThat(few.offered("acme/dear")).isFalse();
		assertThat(few.offered("acme/default")).isTrue();
		assertThat(few.allowed("b/one-more")).isFalse();
	}

	@Test
	void theFirstListedModelAnswersIfTheSettingsNameNone() {
		Catalogue unset = catalogue(new ModelEndpoint(null, "localhost"), List.of());
		assertThat(unset.list()).isEmpty();
		assertThat(unset.defaultModel()).isEqualTo("default");
		this.upstream.set(Mono.just(Stream.of("first", "second").map(Model::of).toList()));
		StepVerifier.create(unset.ready()).expectComplete().verify(LIMIT);
		assertThat(unset.defaultModel()).isEqualTo("first");
		assertThat(unset.list()).extracting(Model::id).containsExactly("first", "second");
		this.upstream.set(Mono.just(Stream.of("third", "first").map(Model::of).toList()));
		StepVerifier.create(unset.refresh()).expectNext(true).expectComplete().verify(LIMIT);
		assertThat(unset.defaultModel()).isEqualTo("first");
		this.upstream.set(Mono.just(List.of(Model.of("third"))));
		StepVerifier.create(unset.refresh()).expectNext(true).expectComplete().verify(LIMIT);
		assertThat(unset.defaultModel()).isEqualTo("third");
	}

	@Test
	void theDefaultModelIsAnAllowedOne() {
		Catalogue few = catalogue(new ModelEndpoint(null, "localhost"), List.of(), "b/*");
		this.upstream.set(Mono.just(Stream.of("a/one", "b/one").map(Model::of).toList()));
		StepVerifier.create(few.ready()).expectComplete().verify(LIMIT);
		assertThat(few.defaultModel()).isEqualTo("b/one");
	}

	@Test
	void aQuestionDoesNotWaitLongForTheList() {
		Catalogue unset = catalogue(new ModelEndpoint(null, "localhost"), List.of());
		StepVerifier.withVirtualTime(unset::ready)
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(1900))
			.thenAwait(Duration.ofMillis(100))
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void oneLineTellsTheServiceItsModelsAndTheDefault(CapturedOutput output) {
		refresh(Mono.just(List.of(Model.of("acme/default"), Model.of("acme/new"))), true);
		refresh(Mono.just(List.of(Model.of("acme/default"))), true);
		assertThat(output).containsOnlyOnce("The model service at")
			.contains("The model service at localhost offers 2 models; acme/default answers by default");
	}

	@Test
	void theLineTellsThatTheListDoesNotHaveTheDefault(CapturedOutput output) {
		refresh(Mono.just(List.of(Model.of("acme/new"))), true);
		assertThat(output).contains("acme/default answers by default, although the list does not have it");
	}

	@Test
	void aServiceThatIsAwayIsToldOnceAndThatItIsBackToo(CapturedOutput output) {
		refresh(Mono.error(new IllegalStateException("down")), false);
		refresh(Mono.error(new IllegalStateException("down")), false);
		assertThat(output).containsOnlyOnce("The list of models could not be fetched from localhost, keeping 2 models");
		refresh(Mono.just(List.of(Model.of("acme/default"))), true);
		refresh(Mono.error(new IllegalStateException("down")), false);
		refresh(Mono.just(List.of(Model.of("acme/default"))), true);
		assertThat(output.getAll().split("The model service at localhost offers 1 models", -1)).hasSize(3);
		assertThat(output.getAll().split("could not be fetched", -1)).hasSize(3);
	}

	@Test
	void keepsListWhenItCannotBeHadAgain() {
		refresh(Mono.just(List.of(Model.of("acme/new"))), true);
		refresh(Mono.error(new IllegalStateException("down")), false);
		assertThat(this.catalogue.find("acme/new")).isPresent();
		assertThat(this.catalogue.offered("acme/other")).isFalse();
	}

	@Test
	void doesNotWaitForEver() {
		this.upstream.set(Mono.never());
		StepVerifier.withVirtualTime(this.catalogue::refresh)
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(9))
			.thenAwait(Duration.ofSeconds(1))
			.expectNext(false)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void callersAtOnceShareAFetchThatNoneOfThemEnds() {
		Sinks.One<List<Model>> list = Sinks.one();
		AtomicInteger asked = count(list.asMono());
		Catalogue unset = catalogue(new ModelEndpoint(null, "localhost"), List.of());
		StepVerifier.create(unset.refresh()).thenCancel().verify(LIMIT);
		StepVerifier.create(Mono.when(unset.refresh(), unset.ready()))
			.then(() -> list.tryEmitValue(List.of(Model.of("first"))))
			.expectComplete()
			.verify(LIMIT);
		assertThat(unset.defaultModel()).isEqualTo("first");
		assertThat(asked).hasValue(1);
	}

	@Test
	void aQuestionSoonAfterAFailureDoesNotAskForTheListAgain() {
		AtomicInteger asked = count(Mono.error(new IllegalStateException("down")));
		Catalogue unset = catalogue(new ModelEndpoint(null, "localhost"), List.of(), new CatalogueSettings(List.of(), List.of(),
				Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofMinutes(1)));
		StepVerifier.create(unset.ready()).expectComplete().verify(LIMIT);
		StepVerifier.create(unset.ready()).expectComplete().verify(LIMIT);
		assertThat(asked).hasValue(1);
	}

	private AtomicInteger count(Mono<List<Model>> answer) {
		AtomicInteger asked = new AtomicInteger();
		this.upstream.set(answer.doOnSubscribe((subscription) -> asked.incrementAndGet()));
		return asked;
	}

	@Test
	void firstAttemptEndsWithFailureToo() {
		refresh(Mono.error(new IllegalStateException("down")), false);
		StepVerifier.create(this.catalogue.firstAttempt()).expectComplete().verify(LIMIT);
	}

	@Test
	void builtInListIsAllThereIsWithoutEndpoint() {
		Catalogue alone = catalogue(new ModelEndpoint("acme/default", null));
		assertThat(alone.list()).isEqualTo(BUILT_IN);
		assertThat(alone.offered("acme/other")).isTrue();
		assertThat(alone.offered("some/model")).isFalse();
		StepVerifier.create(alone.firstAttempt()).expectComplete().verify(LIMIT);
	}

	private void refresh(Mono<List<Model>> answer, boolean refreshed) {
		this.upstream.set(answer);
		StepVerifier.create(this.catalogue.refresh()).expectNext(refreshed).expectComplete().verify(LIMIT);
	}

	private Catalogue catalogue(ModelEndpoint endpoint, String... allowed) {
		return catalogue(endpoint, BUILT_IN, allowed);
	}

	private Catalogue catalogue(ModelEndpoint endpoint, List<Model> builtIn, String... allowed) {
		return catalogue(endpoint, builtIn, settings(allowed));
	}

	private Catalogue catalogue(ModelEndpoint endpoint, List<Model> builtIn, CatalogueSettings settings) {
		return new Catalogue(endpoint, TestServices.one("localhost", this.upstream::get, builtIn), settings);
	}

	static CatalogueSettings settings(String... allowed) {
		return new CatalogueSettings(List.of(allowed), List.of(), Duration.ofHours(1), Duration.ofMinutes(1),
				Duration.ofSeconds(10), Duration.ofSeconds(2));
	}

}
