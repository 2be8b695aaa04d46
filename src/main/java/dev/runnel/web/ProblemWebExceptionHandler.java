package dev.runnel.web;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.ErrorResponse;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Answers failures with {@code application/problem+json} (RFC 9457) if the response has
 * not begun. Page requests of browsers get the error page instead.
 */
@Component
@Order(-2)
final class ProblemWebExceptionHandler implements WebExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(ProblemWebExceptionHandler.class);

	private final ServerResponse.Context context;

	private final RefusalMeter refusals;

	ProblemWebExceptionHandler(ServerCodecConfigurer codecs, RefusalMeter refusals) {
		this.context = new WritersOnly(codecs.getWriters());
		this.refusals = refusals;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable ex) {
		if (hasBegun(exchange.getResponse())) {
			return Mono.error(ex);
		}
		String reason = unanswerable(exchange, ex);
		if (reason != null) {
			log.debug("{} {}: {}", exchange.getRequest().getMethod(), exchange.getRequest().getPath(), reason, ex);
			return Mono.empty();
		}
		this.refusals.count(ex);
		return isPage(exchange) ? page(exchange, ex) : problem(exchange, ex);
	}

	/**
	 * Whether the response of a handler has begun. If the codec has answered before it,
	 * the response counts as committed too, but setting the status fails only after the
	 * handler's own response has begun.
	 */
	private static boolean hasBegun(ServerHttpResponse response) {
		return response.isCommitted() && !(isAnswered(response) && response.setStatusCode(response.getStatusCode()));
	}

	/** Returns why nothing can be sent; null if the failure can be answered. */
	private static @Nullable String unanswerable(ServerWebExchange exchange, Throwable ex) {
		if (isAnswered(exchange.getResponse())) {
			return "the request is malformed after its head";
		}
		return isDisconnected(ex) ? "the client went away" : null;
	}

	private static boolean isDisconnected(Throwable ex) {
		return !(ex instanceof ErrorResponse) && DisconnectedClientHelper.isClientDisconnectedException(ex);
	}

	private static Mono<Void> page(ServerWebExchange exchange, Throwable ex) {
		ErrorResponse problem = Problems.of(ex);
		exchange.getResponse().getHeaders().putAll(problem.getHeaders());
		// The error page reads the status of this exception only.
		return Mono
			.error(isUnexpected(problem, ex) ? ex : new ResponseStatusException(problem.getStatusCode(), null, ex));
	}

	private Mono<Void> problem(ServerWebExchange exchange, Throwable ex) {
		ErrorResponse problem = Problems.of(ex);
		if (isUnexpected(problem, ex)) {
			log.error("{} {} failed", exchange.getRequest().getMethod(), exchange.getRequest().getPath(), ex);
		}
		return ServerResponse.status(problem.getStatusCode())
			.headers((headers) -> headers.putAll(problem.getHeaders()))
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyValue(problem.getBody())
			.flatMap((response) -> response.writeTo(exchange, this.context));
	}

	/**
	 * Returns whether the HTTP codec has answered. It answers a request that is malformed
	 * after its head with 400 and closes the connection, while a handler still runs.
	 */
	private static boolean isAnswered(ServerHttpResponse response) {
		Object codec = ServerHttpResponseDecorator.getNativeResponse(response);
		return codec instanceof HttpServerResponse sent && sent.hasSentHeaders();
	}

	private static boolean isUnexpected(ErrorResponse problem, Throwable ex) {
		return problem.getStatusCode().is5xxServerError() && !(ex instanceof ProblemException);
	}

	private static boolean isPage(ServerWebExchange exchange) {
		return !Paths.isApi(exchange.getRequest())
				&& accepted(exchange.getRequest().getHeaders()).contains(MediaType.TEXT_HTML);
	}

	/**
	 * Returns no types for a header that is malformed or that has more types than Spring
	 * sorts, because the error page needs them sorted.
	 */
	private static List<MediaType> accepted(HttpHeaders headers) {
		try {
			List<MediaType> types = headers.getAccept();
			MimeTypeUtils.sortBySpecificity(types);
			return types;
		}
		catch (InvalidMediaTypeException | InvalidMimeTypeException ex) {
			return List.of();
		}
	}

	/** The context needed to write a response without a view. */
	private record WritersOnly(List<HttpMessageWriter<?>> messageWriters) implements ServerResponse.Context {

		@Override
		public List<ViewResolver> viewResolvers() {
			return List.of();
		}

	}

}
