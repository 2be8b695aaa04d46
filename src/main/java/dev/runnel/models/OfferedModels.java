package dev.runnel.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelRoute;
import dev.runnel.web.Standing;
import reactor.core.publisher.Mono;

/**
 * The models that people of one standing may choose.
 */
final class OfferedModels implements Models {

	/** The model that is asked while none is known. */
	private static final String UNKNOWN = "default";

	private final Catalogue catalogue;

	private final Standing standing;

	OfferedModels(Catalogue catalogue, Standing standing) {
		this.catalogue = catalogue;
		this.standing = standing;
	}

	private Offer offer() {
		return this.catalogue.offer(this.standing);
	}

	@Override
	public Models of(Standing other) {
		return this.catalogue.of(other);
	}

	@Override
	public Optional<Model> find(String id) {
		return offer().find(id);
	}

	@Override
	public String defaultModel() {
		return Objects.requireNonNullElse(offer().defaultModel(), UNKNOWN);
	}

	@Override
	public Mono<Void> ready() {
		return this.catalogue.ready(this.standing);
	}

	@Override
	public boolean offered(String id) {
		return find(id).isPresent() || at(id, ServiceList::mayHave).isPresent();
	}

	@Override
	public boolean allowed(String id) {
		return find(id).isPresent() || at(id, ServiceList::allows).isPresent();
	}

	@Override
	public List<ModelRoute> routes(String id) {
		List<ModelRoute> routes = new ArrayList<>();
		route(id).ifPresent((next) -> add(next, routes));
		for (String other : this.catalogue.fallbacks()) {
			if (offered(other)) {
				route(other).ifPresent((next) -> add(next, routes));
			}
		}
		return routes;
	}

	/** A service that tries other models by itself is asked once. */
	private void add(ModelRoute next, List<ModelRoute> routes) {
		boolean tried = this.catalogue.triesOthers(next.service());
		for (int i = 0; i < routes.size(); i++) {
			ModelRoute route = routes.get(i);
			if (route.service().equals(next.service()) && (tried || route.model().equals(next.model()))) {
				routes.set(i, route.or(next.model()));
				return;
			}
		}
		routes.add(next);
	}

	/**
	 * The route to a model. A model that is in no list is asked at the service that may
	 * have it, otherwise at one that may be asked for it, otherwise at the first one,
	 * which then says that it has none.
	 */
	private Optional<ModelRoute> route(String id) {
		return offer().route(id)
			.or(() -> at(id, ServiceList::mayHave))
			.or(() -> at(id, ServiceList::allows))
			.or(() -> at(id, (list, model) -> true));
	}

	/**
	 * Finds a service for a model that is in no list: the one whose name stands before
	 * the id, or the first one that is suited if no service has that name. The models of
	 * a service that these people may not use are not looked for elsewhere.
	 */
	private Optional<ModelRoute> at(String id, BiPredicate<ServiceList, String> suited) {
		if (this.catalogue.find(id).isPresent() && find(id).isEmpty()) {
			return Optional.empty();
		}
		return (isNamed(id) ? lists().flatMap((list) -> afterName(id, list, suited))
				: lists().flatMap((list) -> routeAt(list, id, id, suited)))
			.findFirst();
	}

	/** Whether the name of a service stands before an id. */
	private boolean isNamed(String id) {
		return this.catalogue.lists().stream().anyMatch((list) -> id.startsWith(prefix(list)));
	}

	private Stream<ModelRoute> afterName(String id, ServiceList list, BiPredicate<ServiceList, String> suited) {
		return id.startsWith(prefix(list)) ? routeAt(list, id, id.substring(prefix(list).length()), suited)
				: Stream.empty();
	}

	private Stream<ModelRoute> routeAt(ServiceList list, String id, String model,
			BiPredicate<ServiceList, String> suited) {
		boolean open = list.served(Model.of(model)).isOpen(this.standing);
		return (open && suited.test(list, model)) ? Stream.of(new ModelRoute(id, list.service().name(), model))
				: Stream.empty();
	}

	private static String prefix(ServiceList list) {
		return list.service().name() + "/";
	}

	private Stream<ServiceList> lists() {
		return this.catalogue.lists().stream().filter((list) -> this.catalogue.isOpen(this.standing, list.service()));
	}

}
