package dev.runnel.upstream.openrouter;

import dev.runnel.memory.MemoryAccount;
import dev.runnel.upstream.LanguageModel;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.UpstreamException;
import dev.runnel.upstream.openrouter.ModelDialect.Refusal;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import reactor.util.retry.Retry.RetrySignal;

/**
 * A language model behind OpenRouter, or behind another endpoint with the OpenAI chat
 * completions API. It logs a failed answer once, without the key.
 */
final class OpenRouter implements LanguageModel {

	private static final Logger log = LoggerFactory.getLogger(OpenRouter.class);

	private final OpenRouterSettings settings;

	private final Exchange exchange;

	private final AnswerLimits limits;

	private final ModelDialects dialects = new ModelDialects();

	private final LogText logText;

	OpenRouter(OpenRouterSettings settings, Exchange exchange, MemoryAccount memory) {
		this.settings = settings;
		this.exchange = exchange;
		this.limits = new AnswerLimits((int) settings.maxEvent().toBytes(), settings.maxPicture().toBytes(), memory);
		this.logText = new LogText(settings.apiKey());
	}

	@Override
	public Flux<ModelEvent> stream(Prompt prompt) {
		return Flux.defer(() -> {
			long deadline = System.nanoTime() + this.settings.timeout().total().toNanos();
			return Flux.defer(() -> ask(prompt, deadline))
				.retryWhen(Retry.from(this::secondAttempts))
				.onErrorMap((ex) -> exception(FailureRules.ofException(ex)));
		});
	}

	/** Asks. After a refused field, remembers it and asks again without it. */
	private Flux<ModelEvent> ask(Prompt prompt, long deadline) {
		String model = CompletionRequest.model(prompt, this.settings);
		ModelDialect dialect = this.dialects.of(model);
		RequestBody request = RequestBody.of(CompletionRequest.of(prompt, this.settings, dialect), prompt);
		SilenceWatch watch = new SilenceWatch(this.settings.timeout(), deadline);
		AnswerDecoder decoder = new AnswerDecoder(this.limits, watch,
				ThoughtTags.Start.of(dialect.startsThinking(), prompt.continues()),
				(thinking) -> this.dialects.remember(model, thinking));
		return attempt(request, watch, decoder).onErrorResume(Failure.class, (failure) -> {
			ModelDialect next = next(dialect, failure, prompt);
			if (next == null) {
				return Flux.error(failure);
			}
			log.info("Model {} refused a field ({}); asking again without it", this.logText.clean(model),
					this.logText.clean(failure.detail()));
			this.dialects.remember(model, next);
			return ask(prompt, deadline);
		});
	}

	/**
	 * The next dialect. A token limit that the visitor asked for is not dropped for being
	 * too large.
	 */
	private static @Nullable ModelDialect next(ModelDialect dialect, Failure failure, Prompt prompt) {
		Refusal refusal = failure.refusal();
		return (refusal == null || isWanted(refusal, prompt)) ? null : dialect.after(refusal);
	}

	/** Whether upstream refused the token limit of the visitor as too large. */
	private static boolean isWanted(Refusal refusal, Prompt prompt) {
		return refusal.tooLarge() && prompt.sampling().maxTokens() != null;
	}

	private Flux<ModelEvent> attempt(RequestBody request, SilenceWatch watch, AnswerDecoder decoder) {
		return this.exchange.send(request)
			.map(decoder::decode)
			.takeUntilOther(watch.expiry().doOnNext(decoder::breakOff))
			.onErrorResume((ex) -> breakOff(decoder, ex))
			.takeUntil(AnswerDecoder::isCut)
			.concatMapIterable(AnswerDecoder::take, 1)
			.concatWith(Flux.defer(decoder::conclude))
			.doFinally((end) -> decoder.close());
	}

	private static Mono<AnswerDecoder> breakOff(AnswerDecoder decoder, Throwable cause) {
		decoder.breakOff(FailureRules.ofException(cause));
		return Mono.empty();
	}

	private Publisher<?> secondAttempts(Flux<RetrySignal> failures) {
		return failures.concatMap((signal) -> secondAttempt(signal.totalRetries(), signal.failure()));
	}

	private Mono<Long> secondAttempt(long retries, Throwable cause) {
		Failure failure = FailureRules.ofException(cause);
		if (retries > 0 || failure.nextAttempt() == null) {
			return Mono.error(failure);
		}
		log.info("Upstream {} did not answer ({}), asking once more", this.settings.host(),
				this.logText.clean(failure.detail()));
		return Mono.delay(failure.nextAttempt());
	}

	private UpstreamException exception(Failure failure) {
		String detail = this.logText.clean(failure.detail());
		log.warn("Upstream {} failed with {}: {}", this.settings.host(), failure.kind(), detail);
		return failure.toUpstreamException(detail);
	}

}
