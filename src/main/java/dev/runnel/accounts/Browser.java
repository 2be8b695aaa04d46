package dev.runnel.accounts;

import java.util.Objects;

import dev.runnel.web.ClientAddress;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * The browser of a person.
 *
 * @param address the address from which it reaches this server; empty if nobody knows
 * @param device the name that it gives itself; empty if it gives none
 */
public record Browser(String address, String device) {

	/** The browser behind what somebody else did to an account. */
	static final Browser UNKNOWN = new Browser("", "");

	/**
	 * Returns the browser behind a request.
	 * @param exchange the request
	 * @return the browser
	 */
	public static Browser of(ServerWebExchange exchange) {
		String device = exchange.getRequest().getHeaders().getFirst(HttpHeaders.USER_AGENT);
		return new Browser(ClientAddress.of(exchange).address().getHostAddress(),
				Objects.requireNonNullElse(device, ""));
	}

}
