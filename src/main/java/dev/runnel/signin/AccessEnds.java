package dev.runnel.signin;

import java.time.Duration;

import dev.runnel.accounts.Admitted;
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
 * Ends the requests that are still being answered when their session or key ends.
 */
@Component
@IfPeopleSignIn
final class AccessEnds {

	private static final Duration CHECK = Duration.ofSeconds(15);

	private final Sinks.Many<AccessEnded> ends = Sinks.many().multicast().directBestEffort();

	/** Sinks accept one event at a time. */
	@EventListener
	synchronized void ended(AccessEnded event) {
		this.ends.tryEmitNext(event);
	}

	/**
	 * Waits until the access of a request ends.
	 * @param exchange the request
	 * @param entered completes when the first lookup is over, and the exchange has the
	 * person if there is one; an end that comes before waits for it
	 * @param lookup finds the account behind the request; empty if its access has ended
	 * @return an error when it ends. If the response has begun, its connection is closed,
	 * because a shorter answer could be taken for a whole one.
	 */
	Flux<Void> of(ServerWebExchange exchange, Mono<Void> entered, Mono<Admitted> lookup) {
		Flux<AccessEnded> told = this.ends.asFlux()
			.delayUntil((event) -> entered)
			.filter((event) -> exchange.getAttribute(SignedIn.ATTRIBUTE) instanceof SignedIn person
					&& person.isOf(event));
		return Flux.<Object>merge(told, lapsed(exchange, lookup))
			.concatMap((event) -> Mono.error(() -> end(exchange.getResponse())));
	}

	/**
	 * Checks the access again regularly: it may have ended on another server, or have
	 * expired, or its session may have another token. If the database cannot be reached,
	 * the access goes on. If a proxy still names a person whose account is deleted, a new
	 * account is created, which is another access.
	 */
	private static Flux<Boolean> lapsed(ServerWebExchange exchange, Mono<Admitted> lookup) {
		return Flux.interval(CHECK)
			.onBackpressureDrop()
			.concatMap((tick) -> lookup.filter((found) -> isOf(exchange, found)).hasElement().onErrorReturn(true))
			.filter((admitted) -> !admitted);
	}

	private static boolean isOf(ServerWebExchange exchange, Admitted found) {
		return !(exchange.getAttribute(SignedIn.ATTRIBUTE) instanceof SignedIn person)
				|| person.access().equals(found.access());
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
