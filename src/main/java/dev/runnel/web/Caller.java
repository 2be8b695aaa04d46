package dev.runnel.web;

import java.net.InetAddress;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

/**
 * The sender of a request. A handler method takes it as a parameter.
 *
 * @param visitor the visitor
 * @param known whether the request contained a cookie issued by this server
 * @param address the address of the client
 * @param limited whether the limits for strangers apply; requests from this machine may
 * be exempt
 * @param standing what the sender is on this server
 * @param access the id of the session or key that the request came with; null if nobody
 * has signed in
 */
public record Caller(Visitor visitor, boolean known, ClientAddress address, boolean limited, Standing standing,
		@Nullable UUID access) {

	/** The exchange attribute that is set if the request contained a known cookie. */
	public static final String KNOWN = Caller.class.getName() + ".known";

	/** The exchange attribute that is set if the limits do not apply. */
	public static final String EXEMPT = Caller.class.getName() + ".exempt";

	/**
	 * Creates a caller who has not signed in.
	 * @param visitor the visitor
	 * @param known whether the request contained a cookie issued by this server
	 * @param address the address of the client
	 * @param limited whether the limits for strangers apply
	 * @param standing what the sender is on this server
	 */
	public Caller(Visitor visitor, boolean known, ClientAddress address, boolean limited, Standing standing) {
		this(visitor, known, address, limited, standing, null);
	}

	/**
	 * Returns the sender of a request.
	 * @param exchange the request, after its visitor was recognised
	 * @return the caller
	 */
	public static Caller of(ServerWebExchange exchange) {
		SignedIn person = exchange.getAttribute(SignedIn.ATTRIBUTE);
		return new Caller(exchange.getRequiredAttribute(Visitor.ATTRIBUTE), exchange.getAttributes().containsKey(KNOWN),
				ClientAddress.of(exchange), !exchange.getAttributes().containsKey(EXEMPT), Standing.of(person),
				(person != null) ? person.access() : null);
	}

	/**
	 * Returns the caller of work that the server does by itself for a visitor. The server
	 * does not know what the visitor is then, so the work may do what every user may.
	 * @param visitor the visitor
	 * @param limited whether the limits for strangers apply
	 * @return the caller
	 */
	public static Caller ofServer(Visitor visitor, boolean limited) {
		return new Caller(visitor, true, new ClientAddress(InetAddress.getLoopbackAddress()), limited, Standing.USER);
	}

	/**
	 * Returns whether an answer goes on for a while after its reader has left. Each
	 * request without a known cookie is a new visitor, so its answers would pile up.
	 * @return true if it goes on
	 */
	public boolean hasGrace() {
		return this.known || !this.limited;
	}

}
