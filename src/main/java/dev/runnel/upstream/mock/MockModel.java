package dev.runnel.upstream.mock;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;

import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.StandIn;
import dev.runnel.upstream.TextPieces;
import dev.runnel.upstream.UpstreamException;
import dev.runnel.upstream.UpstreamFailure;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * The mock. It sends prepared text word by word, and has a few commands to show what a
 * model rarely does.
 */
@Component
final class MockModel implements StandIn {

	/** The model name of the mock. */
	static final String NAME = "mock";

	private static final Pattern WORD_START = Pattern.compile("(?<=\\s)(?=\\S)");

	/** The silence at the start of a slow answer, in multiples of the pace. */
	private static final int SLOW_START = 6;

	private static final ModelEvent FINISHED = new ModelEvent.Finished(FinishReason.STOP, NAME, null, null);

	private final MockSettings settings;

	private final long seed;

	MockModel(MockSettings settings) {
		this.settings = settings;
		this.seed = (settings.seed() != null) ? settings.seed() : new Random().nextLong();
	}

	@Override
	public Flux<ModelEvent> stream(Prompt prompt, @Nullable UpstreamFailure cause) {
		String question = prompt.question();
		String opening = MockText.opening(question, cause != null);
		Duration pace = this.settings.pace();
		String written = prompt.written();
		return switch (question.strip().toLowerCase(Locale.ROOT)) {
			case "/mock" -> finished(text(rest(written, opening + MockText.help()), pace));
			case "/mock error" -> text(rest(written, opening), pace).concatWith(Flux.error(MockModel::error));
			case "/mock slow" -> slow(rest(written, opening + answer(question)));
			case "/mock long" -> finished(text(rest(written, opening + MockText.longAnswer()), pace));
			case "/mock reasoning" -> finished((written.isEmpty() ? reasoning(pace) : Flux.<ModelEvent>empty())
				.concatWith(Flux.defer(() -> text(rest(written, opening + answer(question)), pace))));
			default -> finished(text(rest(written, opening + answer(question)), pace));
		};
	}

	/**
	 * The rest of the answer. If the written part is not the beginning of this answer,
	 * the whole answer follows it.
	 */
	private static String rest(String written, String text) {
		if (text.startsWith(written)) {
			return text.substring(written.length());
		}
		return "\n\n" + text;
	}

	private String answer(String question) {
		return MockText.answer(Long.hashCode(this.seed) + question.hashCode());
	}

	private Flux<ModelEvent> slow(String text) {
		Duration pace = this.settings.slowPace();
		return Mono.delay(pace.multipliedBy(SLOW_START)).thenMany(finished(text(text, pace)));
	}

	private static Flux<ModelEvent> finished(Flux<ModelEvent> words) {
		return words.concatWithValues(FINISHED);
	}

	private static Flux<ModelEvent> reasoning(Duration pace) {
		return words(MockText.reasoning(), pace, ModelEvent.Reasoning::new);
	}

	private static Flux<ModelEvent> text(String text, Duration pace) {
		return words(text, pace, ModelEvent.Text::new);
	}

	private static Flux<ModelEvent> words(String text, Duration pace, Function<String, ModelEvent> event) {
		if (pace.isZero()) {
			// Without a pace all words come at once.
			return Flux.fromIterable(TextPieces.of(text)).map(event);
		}
		return Flux.fromIterable(List.of(WORD_START.split(text))).map(event).delayElements(pace);
	}

	private static UpstreamException error() {
		return new UpstreamException(new UpstreamFailure(UpstreamFailure.Kind.ERROR), "the mock was asked to fail",
				null);
	}

}
