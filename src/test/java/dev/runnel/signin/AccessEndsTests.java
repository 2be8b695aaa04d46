package dev.runnel.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import dev.runnel.accounts.Account;
import dev.runnel.accounts.Admitted;
import dev.runnel.accounts.Role;
import dev.runnel.accounts.Scope;
import dev.runnel.web.AccessEnded;
import dev.runnel.web.ProblemException;
import dev.runnel.web.SignedIn;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

/**
 * A request ends with the access that it came with.
 */
class AccessEndsTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final Account ANN = new Account(UUID.randomUUID(), "Ann", Role.USER, false, Instant.EPOCH);

	private static final UUID ACCESS = UUID.randomUUID();

	private final AccessEnds ends = new AccessEnds();

	private final MockServerWebExchange exchange = MockServerWebExchange
		.from(MockServerHttpRequest.get("/api/chat/streams"));

	private void enter() {
		this.exchange.getAttributes()
			.put(SignedIn.ATTRIBUTE, new SignedIn(ANN.visitor(), ANN.id(), ANN.name(), false, ACCESS, true));
	}

	private static Admitted admitted(UUID access) {
		return new Admitted(ANN, access, true, Set.of(Scope.READ), true);
	}

	@Test
	void anEndThatComesWhileTheAccessIsLookedUpEndsTheRequest() {
		Sinks.Empty<Void> entered = Sinks.empty();
		StepVerifier.create(this.ends.of(this.exchange, entered.asMono(), Mono.never()))
			.then(() -> this.ends.ended(new AccessEnded(ANN.visitor(), ACCESS)))
			.then(this::enter)
			.then(entered::tryEmitEmpty)
			.expectError(ProblemException.class)
			.verify(LIMIT);
	}

	@Test
	void theEndOfAnotherAccessEndsNothing() {
		enter();
		StepVerifier.withVirtualTime(() -> this.ends.of(this.exchange, Mono.empty(), Mono.just(admitted(ACCESS))))
			.expectSubscription()
			.then(() -> this.ends.ended(new AccessEnded(ANN.visitor(), UUID.randomUUID())))
			.expectNoEvent(Duration.ofMinutes(1))
			.thenCancel()
			.verify(LIMIT);
	}

	@Test
	void anAccessThatIsGoneOrAnotherOneEndsTheRequest() {
		enter();
		StepVerifier.withVirtualTime(() -> this.ends.of(this.exchange, Mono.empty(), Mono.empty()))
			.thenAwait(Duration.ofSeconds(15))
			.expectError(ProblemException.class)
			.verify(LIMIT);
		StepVerifier
			.withVirtualTime(() -> this.ends.of(this.exchange, Mono.empty(), Mono.just(admitted(UUID.randomUUID()))))
			.thenAwait(Duration.ofSeconds(15))
			.expectError(ProblemException.class)
			.verify(LIMIT);
	}

}
