package dev.runnel.upstream;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

import org.springframework.stereotype.Component;

/**
 * Asks the service of a prompt's first route. If its model is not available before its
 * first output, the next route is taken. If no model is available, the failure is that of
 * the first one. A continued answer takes the first route only, because a model continues
 * its own text.
 */
@Component
final class RoutedModel implements LanguageModel {

	private static final Logger log = LoggerFactory.getLogger(RoutedModel.class);

	private final ModelServices services;

	RoutedModel(ModelServices services) {
		this.services = services;
	}

	@Override
	public Flux<ModelEvent> stream(Prompt prompt) {
		if (prompt.routes().isEmpty()) {
			return unavailable();
		}
		return stream(prompt, prompt.continues() ? prompt.routes().subList(0, 1) : prompt.routes());
	}

	private Flux<ModelEvent> stream(Prompt prompt, List<ModelRoute> routes) {
		ModelRoute route = routes.get(0);
		List<ModelRoute> next = routes.subList(1, routes.size());
		return next.isEmpty() ? ask(prompt, route)
				: Flux.defer(() -> askOrGoOn(prompt, route, next, new OutputWitness()));
	}

	private Flux<ModelEvent> ask(Prompt prompt, ModelRoute route) {
		Flux<ModelEvent> answer = this.services.find(route.service())
			.map((service) -> service.model().stream(prompt.along(route)))
			.orElseGet(RoutedModel::unavailable);
		return route.renames() ? answer.map((event) -> renamed(event, route)) : answer;
	}

	private static Flux<ModelEvent> unavailable() {
		return Flux.error(() -> new UpstreamException(
				new UpstreamFailure(UpstreamFailure.Kind.MODEL_UNAVAILABLE), "no service may be asked for the model", null));
	}

	private Flux<ModelEvent> askOrGoOn(Prompt prompt, ModelRoute route, List<ModelRoute> next, OutputWitness witness) {
		return ask(prompt, route).doOnNext(witness::see)
			.onErrorResume(UpstreamException.class, (ex) -> (witness.sawNothing() && mayGoOn(ex.failure().kind()))
					? goOn(prompt, next, ex, new OutputWitness()) : Flux.error(ex));
	}

	/** Whether another model may have what this one lacks. */
	private static boolean mayGoOn(UpstreamFailure.Kind kind) {
		return kind.unavailable() || kind == UpstreamFailure.Kind.MODEL_UNAVAILABLE;
	}

	/** The next model is named before its first event. Its service may not name it. */
	private Flux<ModelEvent> goOn(Prompt prompt, List<ModelRoute> next, UpstreamException cause,
			OutputWitness witness) {
		ModelRoute route = next.get(0);
		ModelEvent named = new ModelEvent.Named(route.id(), null);
		log.info("The model is not available; asking {} of {}", route.model(), route.service());
		return stream(prompt, next).doOnNext(witness::see)
			.onErrorMap(UpstreamException.class, (ex) -> witness.sawNothing() ? cause : ex)
			.switchOnFirst((first, events) -> first.hasValue() ? events.startWith(named) : events);
	}

	/** A service names its models by its own ids. */
	private static ModelEvent renamed(ModelEvent event, ModelRoute route) {
		if (event instanceof ModelEvent.Named named) {
			return new ModelEvent.Named(route.shown(named.model()), named.provider());
		}
		if (event instanceof ModelEvent.Finished finished && finished.model() != null) {
			return new ModelEvent.Finished(finished.reason(), route.shown(finished.model()), finished.provider(),
					finished.usage());
		}
		return event;
	}

}
