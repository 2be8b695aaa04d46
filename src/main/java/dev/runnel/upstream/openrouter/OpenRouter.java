package dev.runnel.upstream.openrouter;

import dev.runnel.upstream.LanguageModel;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.UpstreamException;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import reactor.util.retry.Retry.RetrySignal;

/**
 * A language model behind OpenRouter, or behind another endpoint that speaks the OpenAI
 * chat completions API. A failed answer is logged here, once, without the key.
 */
final class OpenRouter implements LanguageModel {

	private static final Logger log = LoggerFactory.getLogger(OpenRouter.class);

	private final OpenRouterSettings settings;

	private final Exchange exchange;

	private final RequestWriter requests;

	private final LogText logText;

	OpenRouter(OpenRouterSettings settings, Exchange exchange) {
		this.settings = settings;
		this.exchange = exchange;
		this.requests = new RequestWriter(settings);
		this.logText = new LogText(settings.apiKey());
	}

	@Override
	public Flux<ModelEvent> stream(Prompt prompt) {
		return Flux.defer(() -> {
			byte[] request = this.requests.write(prompt);
			long deadline = System.nanoTime() + this.settings.timeout().total().toNanos();
			return Flux.defer(() -> attempt(request, deadline))
				.retryWhen(Retry.from(this::secondAttempts))
				.onErrorMap((ex) -> exception(Failures.ofException(ex)));
		});
	}

	private Flux<ModelEvent> attempt(byte[] request, long deadline) {
		SilenceWatch watch = new SilenceWatch(this.settings.timeout(), deadline);
		AnswerDecoder decoder = new AnswerDecoder((int) this.settings.maxEvent().toBytes(), watch);
		return this.exchange.send(request, watch)
			.map(decoder::decode)
			.takeUntilOther(watch.expiry().doOnNext(decoder::breakOff))
			.onErrorResume((ex) -> breakOff(decoder, ex))
			.takeUntil(AnswerDecoder::isCut)
			.concatMapIterable(AnswerDecoder::take)
			.concatWith(Flux.defer(decoder::conclude));
	}

	private static Mono<AnswerDecoder> breakOff(AnswerDecoder decoder, Throwable cause) {
		decoder.breakOff(Failures.ofException(cause));
		return Mono.empty();
	}

	private Publisher<?> secondAttempts(Flux<RetrySignal> failures) {
		return failures.concatMap((signal) -> secondAttempt(signal.totalRetries(), signal.failure()));
	}

	private Mono<Long> secondAttempt(long retries, Throwable cause) {
		Failure failure = Failures.ofException(cause);
		if (retries > 0 || failure.nextAttempt() == null) {
			return Mono.error(failure);
		}
		log.info("Upstream did not answer (" + this.logText.clean(failure.detail()) + "), asking once more");
		return Mono.delay(failure.nextAttempt());
	}

	private UpstreamException exception(Failure failure) {
		String detail = this.logText.clean(failure.detail());
		log.warn("Upstream failed with " + failure.kind() + ": " + detail);
		return failure.toUpstreamException(detail);
	}

}
