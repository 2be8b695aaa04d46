package dev.runnel.signin;

import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.web.AccessEnded;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.SignedIn;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableChannel;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.context.event.EventListener;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Tells the requests that are being answered that their access has ended.
 */
@Component
@IfPeopleSignIn
final class AccessEnds {

	private final Sinks.Many<AccessEnded> ends = Sinks.many().multicast().directBestEffort();

	/** Sinks accept one event at a time. */
	@EventListener
	synchronized void ended(AccessEnded event) {
		this.ends.tryEmitNext(event);
	}

	/**
	 * Waits until the access of a request ends.
	 * @param exchange the request
	 * @return an error when it ends. If the response has begun, its connection is closed,
	 * because a shorter answer could be taken for a whole one.
	 */
	Flux<Void> of(ServerWebExchange exchange) {
		return this.ends.asFlux()
			.filter((event) -> exchange.getAttribute(SignedIn.ATTRIBUTE) instanceof SignedIn person
					&& person.isOf(event))
			.concatMap((event) -> Mono.error(() -> end(exchange.getResponse())));
	}

	private static Throwable end(ServerHttpResponse response) {
		if (!response.isCommitted()) {
			return ProblemException.of(ErrorCode.UNAUTHENTICATED, "This sign-in has ended. Sign in again.");
		}
		Object connection = ServerHttpResponseDecorator.getNativeResponse(response);
		if (connection instanceof HttpServerResponse sent) {
			sent.withConnection(DisposableChannel::dispose);
		}
		return new AbortedException("the sign-in of this request has ended");
	}

}
