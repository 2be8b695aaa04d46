package dev.runnel.web;

import org.springframework.web.server.ServerWebExchange;

/**
 * Who asks, and from where. A handler method takes it as a parameter.
 *
 * @param visitor to whom what is asked belongs
 * @param known whether the request brought a cookie that this server issued before
 * @param address where the request comes from
 * @param limited whether the limits for strangers hold: they may spare this machine
 */
public record Caller(Visitor visitor, boolean known, ClientAddress address, boolean limited) {

	/** The exchange attribute that is set where a request brought a known cookie. */
	public static final String KNOWN = Caller.class.getName() + ".known";

	/** The exchange attribute that is set where the limits do not hold. */
	public static final String SPARED = Caller.class.getName() + ".spared";

	/**
	 * Who sent a request.
	 * @param exchange the request, whose visitor was recognised
	 * @return the caller
	 */
	public static Caller of(ServerWebExchange exchange) {
		return new Caller(exchange.getRequiredAttribute(Visitor.ATTRIBUTE), exchange.getAttributes().containsKey(KNOWN),
				ClientAddress.of(exchange), !exchange.getAttributes().containsKey(SPARED));
	}

	/**
	 * Whether an answer goes on for a while when its reader goes. Each request without a
	 * known cookie is another visitor, so its answers would pile up.
	 * @return true if it does
	 */
	public boolean hasGrace() {
		return this.known || !this.limited;
	}

}
