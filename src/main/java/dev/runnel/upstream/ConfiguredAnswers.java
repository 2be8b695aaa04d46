package dev.runnel.upstream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Asks the language model if one is configured. The stand-in answers if none is
 * configured or, if the settings allow it, if the model was not available before its
 * first output.
 */
@Component
final class ConfiguredAnswers implements Answers {

	private final ModelEndpoint endpoint;

	private final LanguageModel model;

	private final StandIn standIn;

	private final boolean fallsBack;

	ConfiguredAnswers(ModelEndpoint endpoint, LanguageModel model, StandIn standIn, UpstreamSettings settings) {
		this.endpoint = endpoint;
		this.model = model;
		this.standIn = standIn;
		this.fallsBack = settings.fallback() == UpstreamSettings.Fallback.MOCK;
	}

	@Override
	public Origin origin(String model, @Nullable Source continued) {
		boolean asksModel = (continued != null) ? continued == Source.OPENROUTER : this.endpoint.configured();
		return asksModel ? Origin.model(model) : Origin.MOCK;
	}

	@Override
	public Flux<ModelEvent> stream(Prompt prompt, Source source) {
		if (source == Source.MOCK) {
			return this.standIn.stream(prompt, null);
		}
		if (!this.endpoint.configured()) {
			return Flux.error(() -> new UpstreamException(new UpstreamFailure(UpstreamFailure.Kind.UNAVAILABLE),
					"cannot continue the answer: no key is configured for its model", null));
		}
		return this.model.stream(prompt);
	}

	@Override
	public Flux<ModelEvent> streamOrFallBack(Prompt prompt, Source source, Mono<Void> beforeMock) {
		if (source == Source.MOCK || !this.fallsBack) {
			return stream(prompt, source);
		}
		return Flux.defer(() -> streamOrFallBack(prompt, source, beforeMock, new OutputWitness()));
	}

	private Flux<ModelEvent> streamOrFallBack(Prompt prompt, Source source, Mono<Void> beforeMock,
			OutputWitness witness) {
		return stream(prompt, source).doOnNext(witness::see)
			.onErrorResume(UpstreamException.class, (ex) -> (witness.sawNothing() && ex.failure().kind().unavailable())
					? fallBack(prompt, ex.failure(), beforeMock) : Flux.error(ex));
	}

	private Flux<ModelEvent> fallBack(Prompt prompt, UpstreamFailure cause, Mono<Void> beforeMock) {
		return Flux.concat(Mono.just(new ModelEvent.FellBack(cause)), beforeMock.then(Mono.empty()),
				this.standIn.stream(prompt, cause));
	}

}
