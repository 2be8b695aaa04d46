package dev.runnel.signin;

import dev.runnel.web.ErrorCode;
import dev.runnel.web.FormToken;
import dev.runnel.web.ProblemException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.security.web.server.csrf.DefaultCsrfToken;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRepository;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRequestHandler;
import org.springframework.security.web.server.csrf.XorServerCsrfTokenRequestAttributeHandler;
import org.springframework.web.server.ServerWebExchange;

/**
 * Gives Spring Security the {@link FormToken} of the browser. It is computed from the
 * cookie of the browser and stored nowhere, so it exists before a sign-in as well. The
 * pages show it in another form each time, so that the length of a compressed response
 * tells nothing about it.
 */
final class FormTokens implements ServerCsrfTokenRepository, ServerCsrfTokenRequestHandler {

	/** Forms send a field. Spring Security wants the name of a header too. */
	private static final String HEADER = "X-Form-Token";

	private final ServerCsrfTokenRequestHandler shown = new XorServerCsrfTokenRequestAttributeHandler();

	@Override
	public Mono<CsrfToken> loadToken(ServerWebExchange exchange) {
		FormToken token = exchange.getAttribute(FormToken.ATTRIBUTE);
		return (token != null) ? Mono.just(new DefaultCsrfToken(HEADER, FormToken.FIELD, token.value())) : Mono.empty();
	}

	/** A page with a form always has a token. */
	@Override
	public Mono<CsrfToken> generateToken(ServerWebExchange exchange) {
		return Mono.empty();
	}

	@Override
	public Mono<Void> saveToken(ServerWebExchange exchange, @Nullable CsrfToken token) {
		return Mono.empty();
	}

	@Override
	public void handle(ServerWebExchange exchange, Mono<CsrfToken> token) {
		this.shown.handle(exchange, token);
	}

	@Override
	public Mono<String> resolveCsrfTokenValue(ServerWebExchange exchange, CsrfToken token) {
		return this.shown.resolveCsrfTokenValue(exchange, token)
			.onErrorMap(IllegalArgumentException.class,
					(malformed) -> ProblemException.of(ErrorCode.INVALID_REQUEST, "This form is not well-formed."));
	}

}
