package dev.runnel.chat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.Expense;
import dev.runnel.conversation.Turn;
import dev.runnel.conversation.UpstreamCodes;
import dev.runnel.upstream.UpstreamFailure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Measures turns: how many run, how long they take, what they cost, how they fail. No
 * text, name or id becomes a label.
 */
@Component
final class TurnMeters implements MeterBinder {

	private static final Duration[] BUCKETS = { Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofSeconds(1),
			Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(2) };

	private final AtomicInteger running = new AtomicInteger();

	/** An empty one keeps nothing. */
	private volatile MeterRegistry registry = new CompositeMeterRegistry();

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registry = registry;
		Gauge.builder("runnel.streams", this.running, AtomicInteger::get)
			.description("Answers that are being written")
			.register(registry);
	}

	void begun() {
		this.running.incrementAndGet();
	}

	/**
	 * Measures a turn that has ended.
	 * @param turn the turn
	 * @param outcome how it ended
	 * @param expense what it cost; null if it cost nothing
	 */
	void ended(Turn turn, Outcome outcome, @Nullable Expense expense) {
		this.running.decrementAndGet();
		Answer answer = outcome.answer();
		// A continued answer has the times of its first turn too.
		if (turn.writtenSoFar() == null) {
			time("runnel.first.token", "From the question to the first output", answer, outcome, answer.firstToken());
			time("runnel.answer", "From the question to the end of the answer", answer, outcome, answer.total());
		}
		if (outcome.fallback() != null) {
			failed(outcome.fallback());
			counter("runnel.fallbacks", "Answers of the mock in place of a model").increment();
		}
		if (outcome.upstreamFailure() != null) {
			failed(outcome.upstreamFailure());
		}
		spent(expense);
	}

	private void time(String name, String description, Answer answer, Outcome outcome, @Nullable Duration time) {
		if (time != null) {
			Timer.builder(name)
				.description(description)
				.tag("source", answer.source().wireName())
				.tag("end", outcome.end())
				.serviceLevelObjectives(BUCKETS)
				.register(this.registry)
				.record(time);
		}
	}

	private void failed(UpstreamFailure failure) {
		counter("runnel.upstream.failures", "Failures of the model service", "code",
				UpstreamCodes.of(failure.kind()).code())
			.increment();
	}

	/**
	 * Counts an expense.
	 * @param expense the expense; null for nothing
	 */
	void spent(@Nullable Expense expense) {
		if (expense != null) {
			tokens("prompt", expense.promptTokens());
			tokens("completion", expense.completionTokens());
			counter("runnel.cost.dollars", "What the calls of models cost, in US dollars")
				.increment(expense.cost().doubleValue());
		}
	}

	private void tokens(String kind, long count) {
		counter("runnel.tokens", "Tokens that models read and wrote", "kind", kind).increment(count);
	}

	private Counter counter(String name, String description, String... tags) {
		return Counter.builder(name).description(description).tags(tags).register(this.registry);
	}

}
