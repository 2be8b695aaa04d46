package dev.runnel.upstream.openrouter;

import java.time.Duration;
import java.util.List;

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
		return words(true);
	}

	String reasoning() {
		return words(false);
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

	/** The text or the reasoning, as a reader has it at the end. */
	private String words(boolean wantsText) {
		StringBuilder text = new StringBuilder();
		StringBuilder reasoning = new StringBuilder();
		for (ModelEvent event : this.events) {
			if (event instanceof ModelEvent.Text delta) {
				text.append(delta.text());
			}
			else if (event instanceof ModelEvent.Reasoning delta) {
				reasoning.append(delta.text());
			}
			else if (event == ModelEvent.Moved.TO_REASONING) {
				move(text, reasoning);
			}
			else if (event == ModelEvent.Moved.TO_TEXT) {
				move(reasoning, text);
			}
		}
		return (wantsText ? text : reasoning).toString();
	}

	private static void move(StringBuilder from, StringBuilder to) {
		to.append(from);
		from.setLength(0);
	}

}
