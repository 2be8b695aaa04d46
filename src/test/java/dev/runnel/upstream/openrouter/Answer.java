package dev.runnel.upstream.openrouter;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.UpstreamException;
import dev.runnel.upstream.UpstreamFailure.Kind;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Signal;

/**
 * The events of an answer, and its error.
 */
record Answer(List<ModelEvent> events, Throwable error) {

	static Answer of(Flux<ModelEvent> stream, Duration limit) {
		List<Signal<ModelEvent>> signals = stream.materialize().collectList().block(limit);
		List<ModelEvent> events = signals.stream().filter(Signal::isOnNext).map(Signal::get).toList();
		return new Answer(events, signals.get(signals.size() - 1).getThrowable());
	}

	String text() {
		return words(ModelEvent.Text.class, (event) -> ((ModelEvent.Text) event).text());
	}

	String reasoning() {
		return words(ModelEvent.Reasoning.class, (event) -> ((ModelEvent.Reasoning) event).text());
	}

	ModelEvent.Finished finished() {
		return this.events.stream()
			.filter(ModelEvent.Finished.class::isInstance)
			.map(ModelEvent.Finished.class::cast)
			.findFirst()
			.orElse(null);
	}

	Kind failure() {
		return (this.error instanceof UpstreamException exception) ? exception.failure().kind() : null;
	}

	private String words(Class<?> type, java.util.function.Function<ModelEvent, String> words) {
		return this.events.stream().filter(type::isInstance).map(words).collect(Collectors.joining());
	}

}
