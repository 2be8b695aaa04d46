package dev.runnel.memory;

import java.net.InetSocketAddress;
import java.time.Duration;

import dev.runnel.web.Caller;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Responses take memory until they are sent, and one address does not take all of it.
 */
class ResponseRoomTests {

	private static final long MEGABYTE = 1024 * 1024;

	private final MemoryAccount account = MemoryAccount.of(DataSize.ofMegabytes(64));

	private final ResponseRoom room = new ResponseRoom(this.account);

	private static ServerWebExchange stranger(String address) {
		MockServerWebExchange exchange = MockServerWebExchange
			.from(MockServerHttpRequest.get("/").remoteAddress(new InetSocketAddress(address, 1)).build());
		exchange.getAttributes().put(Visitor.ATTRIBUTE, new Visitor("ann"));
		return exchange;
	}

	private static ServerWebExchange own() {
		ServerWebExchange exchange = stranger("127.0.0.1");
		exchange.getAttributes().put(Caller.EXEMPT, true);
		return exchange;
	}

	/** Sends a response, and does something before it is sent. */
	private void send(ServerWebExchange exchange, long bytes, Runnable meanwhile) {
		WebFilterChain chain = (sent) -> Mono.fromRunnable(() -> {
			this.room.enter(sent, bytes);
			meanwhile.run();
		});
		StepVerifier.create(this.room.filter(exchange, chain)).expectComplete().verify(Duration.ofSeconds(10));
	}

	private void assertRefused(ServerWebExchange exchange, long bytes) {
		WebFilterChain chain = (sent) -> Mono.fromRunnable(() -> this.room.enter(sent, bytes));
		StepVerifier.create(this.room.filter(exchange, chain))
			.expectErrorSatisfies((ex) -> assertThat(((ProblemException) ex).getStatusCode().value()).isEqualTo(503))
			.verify(Duration.ofSeconds(10));
	}

	@Test
	void areCountedUntilTheyAreSent() {
		send(stranger("192.0.2.1"), 1000, () -> assertThat(this.account.used()).isGreaterThan(12_000));
		assertThat(this.account.used()).isZero();
	}

	@Test
	void areCountedUntilTheyAreCancelled() {
		ServerWebExchange exchange = stranger("192.0.2.1");
		WebFilterChain chain = (sent) -> Mono.<Void>fromRunnable(() -> this.room.enter(sent, 1000)).then(Mono.never());
		StepVerifier.create(this.room.filter(exchange, chain))
			.then(() -> assertThat(this.account.used()).isPositive())
			.thenCancel()
			.verify(Duration.ofSeconds(10));
		assertThat(this.account.used()).isZero();
		this.room.enter(exchange, 1000);
		assertThat(this.account.used()).as("a late one").isZero();
	}

	@Test
	void ofOneAddressLeaveRoomForOthers() {
		send(stranger("192.0.2.1"), 5 * MEGABYTE, () -> {
			assertRefused(stranger("192.0.2.1"), 5 * MEGABYTE);
			send(stranger("192.0.2.1"), MEGABYTE, () -> send(stranger("192.0.2.2"), 5 * MEGABYTE,
					() -> assertThat(this.account.used()).isGreaterThan(10_000_000)));
		});
		assertThat(this.account.used()).isZero();
	}

	@Test
	void ofThisMachineMayTakeMore() {
		send(own(), 5 * MEGABYTE,
				() -> send(own(), 5 * MEGABYTE, () -> assertThat(this.account.used()).isGreaterThan(9_000_000)));
	}

	@Test
	void ofAnyLengthCanBeSentOneAtATime() {
		send(stranger("192.0.2.1"), Long.MAX_VALUE / 100,
				() -> assertThat(this.account.used()).isEqualTo(this.account.max() / 2));
	}

}
