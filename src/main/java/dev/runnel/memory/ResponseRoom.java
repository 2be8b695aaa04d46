package dev.runnel.memory;

import dev.runnel.web.Caller;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Counts responses that carry stored conversations. A client that reads slowly keeps the
 * messages that are being sent to it in memory, and anybody can open many such responses.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 40)
public final class ResponseRoom implements WebFilter {

	private static final String ATTRIBUTE = ResponseRoom.class.getName() + ".held";

	/** The heap of a response besides its text, in bytes. */
	private static final long FIRST_BYTES = 32 * 1024;

	private static final int ADDRESSES = 8;

	/**
	 * No response counts for more than this part of the memory, so that each can be read.
	 */
	private static final int PARTS = 2;

	private final MemoryAccount account;

	private final AddressRoom strangers;

	private final AddressRoom ownMachine;

	/**
	 * Creates the room.
	 * @param account the account of all memory
	 */
	public ResponseRoom(MemoryAccount account) {
		this.account = account;
		this.strangers = new AddressRoom(account, MemoryUse.RESPONSES, ADDRESSES);
		this.ownMachine = new AddressRoom(account, MemoryUse.RESPONSES, 1);
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Held held = new Held();
		exchange.getAttributes().put(ATTRIBUTE, held);
		return chain.filter(exchange).doFinally((signal) -> held.close());
	}

	/**
	 * Takes the memory of a response until the response is sent or cancelled.
	 * @param exchange the request
	 * @param bytes the heap that the text takes while it is sent
	 * @throws dev.runnel.web.ProblemException with the status 503 if there is no room
	 */
	public void enter(ServerWebExchange exchange, long bytes) {
		Caller caller = Caller.of(exchange);
		AddressRoom.Share share = (caller.limited() ? this.strangers : this.ownMachine).open(caller.address());
		if (!share.tryTake(Math.min(FIRST_BYTES + bytes, this.account.max() / PARTS))) {
			throw MemoryAccount.noRoom();
		}
		exchange.<Held>getRequiredAttribute(ATTRIBUTE).hold(share);
	}

	/** The memory of one response. */
	private static final class Held {

		private AddressRoom.@Nullable Share share;

		private boolean closed;

		/** The request may have been cancelled meanwhile. */
		synchronized void hold(AddressRoom.Share taken) {
			this.share = taken;
			if (this.closed) {
				taken.close();
			}
		}

		synchronized void close() {
			this.closed = true;
			if (this.share != null) {
				this.share.close();
			}
		}

	}

}
