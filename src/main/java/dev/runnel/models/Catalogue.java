package dev.runnel.models;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelEndpoint;
import dev.runnel.upstream.ModelRoute;
import dev.runnel.upstream.ModelService;
import dev.runnel.upstream.ModelServices;
import dev.runnel.web.Standing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Joins the lists of all services into one. The lists are fetched side by side, and each
 * has a state of its own, so that a service that does not answer holds up no other. As
 * {@link Models} it has the models of all services; {@link #of} limits them to those that
 * a person may use.
 */
@Component
final class Catalogue implements Models {

	private static final Logger log = LoggerFactory.getLogger(Catalogue.class);

	private final @Nullable String stated;

	private final boolean connected;

	private final ModelServices services;

	private final CatalogueSettings settings;

	private final List<ServiceList> lists;

	private final OfferedModels forVisitors = new OfferedModels(this, Standing.VISITOR);

	private final OfferedModels forUsers = new OfferedModels(this, Standing.USER);

	private final OfferedModels forAdmins = new OfferedModels(this, Standing.ADMIN);

	private volatile Offers offers = Offers.NONE;

	Catalogue(ModelEndpoint endpoint, ModelServices services, CatalogueSettings settings) {
		this.stated = endpoint.model();
		this.connected = endpoint.configured();
		this.services = services;
		this.settings = settings;
		this.lists = services.all().stream().map(this::list).toList();
		if (!this.connected) {
			// Only the mock answers, and it offers only the built-in list.
			this.lists.forEach(ServiceList::close);
		}
		join();
	}

	private ServiceList list(ModelService service) {
		boolean ofService = this.stated != null
				&& (service == this.services.first() || this.stated.startsWith(service.name() + "/"));
		AllowedModels allowed = new AllowedModels(service, this.settings.allowed(), ofService ? this.stated : null,
				this.connected ? this.settings.allowedForUsers() : List.of());
		return new ServiceList(service, allowed, this.settings, this::fetched);
	}

	/** The lists of the services, in the order of the settings. */
	List<ServiceList> lists() {
		return this.lists;
	}

	/** The models to ask, in this order, if the asked one is not available. */
	List<String> fallbacks() {
		return this.services.fallbacks();
	}

	/** Whether a service tries other models by itself. */
	boolean triesOthers(String name) {
		return this.services.find(name).filter(ModelService::triesOthers).isPresent();
	}

	/** Returns what people of a standing are offered now. */
	Offer offer(Standing standing) {
		return this.offers.of(standing);
	}

	private Offer offerOfAll() {
		return offer(Standing.ADMIN);
	}

	/**
	 * Returns whether people of a standing may use a service.
	 * @param standing what they are on this server
	 * @param service the service
	 */
	boolean isOpen(Standing standing, ModelService service) {
		return standing == Standing.ADMIN || !service.forAdmins();
	}

	/**
	 * Returns the models of all services, each in the order of its service. The model
	 * that the settings name is always included.
	 * @return the models; empty if none is named and no service gave a list yet
	 */
	List<Model> list() {
		return offerOfAll().servedModels()
			.entrySet()
			.stream()
			.map((entry) -> entry.getValue().as(entry.getKey()))
			.toList();
	}

	@Override
	public Models of(Standing standing) {
		return switch (standing) {
			case VISITOR -> this.forVisitors;
			case USER -> this.forUsers;
			case ADMIN -> this.forAdmins;
		};
	}

	@Override
	public Optional<Model> find(String id) {
		return this.forAdmins.find(id);
	}

	@Override
	public String defaultModel() {
		return this.forAdmins.defaultModel();
	}

	@Override
	public Mono<Void> ready() {
		return this.forAdmins.ready();
	}

	@Override
	public boolean offered(String id) {
		return this.forAdmins.offered(id);
	}

	@Override
	public boolean allowed(String id) {
		return this.forAdmins.allowed(id);
	}

	@Override
	public List<ModelRoute> routes(String id) {
		return this.forAdmins.routes(id);
	}

	/**
	 * Waits a short time for a default model, unless each service was asked just now.
	 * @param standing what those who wait are on this server
	 */
	Mono<Void> ready(Standing standing) {
		if (offer(standing).defaultModel() != null) {
			return Mono.empty();
		}
		return Flux.fromIterable(this.lists)
			.filter((list) -> !list.isTriedJustNow())
			.flatMap(ServiceList::refresh)
			.takeUntil((listed) -> offer(standing).defaultModel() != null)
			.then()
			.timeout(this.settings.patience(), Mono.empty());
	}

	/**
	 * Fetches the lists of all services once. After a failure the previous list stays.
	 * @return whether there is a new list of each service
	 */
	Mono<Boolean> refresh() {
		return Flux.fromIterable(this.lists).flatMap(ServiceList::refresh).reduce(true, Boolean::logicalAnd);
	}

	/**
	 * Waits for the end of the first fetch from each service, successful or not.
	 * @return completes then
	 */
	Mono<Void> firstAttempt() {
		return Mono.when(this.lists.stream().map(ServiceList::firstAttempt).toList());
	}

	private synchronized void fetched(ServiceList list, boolean news) {
		String before = offerOfAll().defaultModel();
		join();
		String now = offerOfAll().defaultModel();
		if (news || !Objects.equals(before, now)) {
			log.info("The model service at {} offers {} models; {} answers by default{}", list.service().host(),
					offerOfAll().countOf(list.service()), now,
					isListed(now) ? "" : ", although the list does not have it");
		}
	}

	private boolean isListed(@Nullable String id) {
		ServedModel served = (id != null) ? offerOfAll().servedModels().get(id) : null;
		return served != null && this.lists.stream().anyMatch((list) -> list.servedModels().contains(served));
	}

	private void join() {
		this.offers = this.offers.next(servedModels(), (standing, served) -> served.isOpen(standing), this.stated,
				this.lists.stream().allMatch(ServiceList::isTried));
	}

	/** The models of all services, and the one that the settings name. */
	private List<ServedModel> servedModels() {
		List<ServedModel> listed = this.lists.stream().flatMap((list) -> list.servedModels().stream()).toList();
		Stream<ServedModel> unlisted = Stream.ofNullable(this.stated)
			.filter((id) -> listed.stream().noneMatch((served) -> served.isCalled(id)))
			.map(this::unlisted);
		return Stream.concat(unlisted, listed.stream()).toList();
	}

	private ServedModel unlisted(String id) {
		return this.lists.stream()
			.filter((list) -> id.startsWith(list.service().name() + "/"))
			.findFirst()
			.map((list) -> list.served(Model.of(id.substring(list.service().name().length() + 1))))
			.orElseGet(() -> this.lists.get(0).served(Model.of(id)));
	}

}
