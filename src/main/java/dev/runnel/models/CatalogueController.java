package dev.runnel.models;

import java.time.Duration;
import java.util.List;

import dev.runnel.upstream.Model;
import dev.runnel.web.SignedIn;
import dev.runnel.web.Standing;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * {@code GET /api/models}: the models that visitors may choose.
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
	 * Returns the list of the models that the caller may choose. Right after the start it
	 * waits a short time for the first fetch.
	 */
	@GetMapping("/api/models")
	Mono<List<Model>> models(ServerWebExchange exchange) {
		Standing standing = Standing.of(exchange.getAttribute(SignedIn.ATTRIBUTE));
		return this.catalogue.firstAttempt()
			.timeout(this.patience, Mono.empty())
			.then(Mono.fromSupplier(() -> this.catalogue.list(standing)));
	}

}
