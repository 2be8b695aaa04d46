package dev.runnel.accounts.web;

import java.util.Map;

import dev.runnel.accounts.AuditLog;
import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.web.SignedIn;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;

/**
 * The end of the audit log, for admins.
 */
@Controller
@IfPeopleSignIn
final class AuditController {

	private static final int ENTRIES = 200;

	private final AuditLog log;

	AuditController(AuditLog log) {
		this.log = log;
	}

	@GetMapping(path = "/admin/audit", produces = MediaType.TEXT_HTML_VALUE)
	Mono<Rendering> last(ServerWebExchange exchange) {
		return this.log.last(ENTRIES)
			.collectList()
			.flatMap((entries) -> AccountPages.show(exchange, "audit", HttpStatus.OK,
					Map.of("person", SignedIn.of(exchange), "entries", entries)));
	}

}
