package dev.runnel.models;

import java.time.Duration;
import java.util.List;

import dev.runnel.web.SignedIn;
import dev.runnel.web.Standing;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * {@code GET /api/models}: the models that visitors may choose, and
 * {@code GET /api/services}: the services that run them.
 */
@RestController
final class CatalogueController {

	private final Catalogue catalogue;

	private final Duration patience;

	CatalogueController(Catalogue catalogue, CatalogueSettings settings) {
		this.catalogue = catalogue;
		this.patience = settings.patience();
	}

	/**
	 * Returns the models of all services. Right after the start it waits a short time for
	 * the first fetches.
	 */
	@GetMapping("/api/models")
	Mono<List<ListedModel>> models(ServerWebExchange exchange) {
		Standing standing = standing(exchange);
		return known().then(Mono.fromSupplier(() -> this.catalogue.offer(standing).models()));
	}

	/** Returns the state of each service, after the same wait. */
	@GetMapping("/api/services")
	Mono<List<ServiceState>> services(ServerWebExchange exchange) {
		Standing standing = standing(exchange);
		return known().then(Mono.fromSupplier(() -> states(standing)));
	}

	private static Standing standing(ServerWebExchange exchange) {
		return Standing.of(exchange.getAttribute(SignedIn.ATTRIBUTE));
	}

	private Mono<Void> known() {
		return this.catalogue.firstAttempt().timeout(this.patience, Mono.empty());
	}

	private List<ServiceState> states(Standing standing) {
		Offer offer = this.catalogue.offer(standing);
		return this.catalogue.lists()
			.stream()
			.filter(ServiceList::isConnected)
			.filter((list) -> this.catalogue.isOpen(standing, list.service()))
			.map((list) -> ServiceState.of(list, offer.countOf(list.service())))
			.toList();
	}

}
