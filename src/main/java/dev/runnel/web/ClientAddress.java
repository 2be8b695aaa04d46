package dev.runnel.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

/**
 * The address that a request comes from. Where the peer is a trusted proxy, the server
 * has put the address that the proxy tells in the peer's place before any filter runs;
 * what another peer tells of itself does not count.
 *
 * @param address an IPv4 address, or an IPv6 address that maps none
 */
public record ClientAddress(InetAddress address) {

	/** One subscriber of an IPv6 provider has at least so many bytes of an address. */
	private static final int SUBSCRIBER_BYTES = 8;

	/**
	 * Creates it.
	 * @param address an address of the network
	 */
	public ClientAddress(InetAddress address) {
		this.address = withoutMapping(address);
	}

	/**
	 * Whom a request comes from.
	 * @param exchange the request
	 * @return the client; the loopback address if the connection has none
	 */
	public static ClientAddress of(ServerWebExchange exchange) {
		return of(exchange.getRequest().getRemoteAddress());
	}

	/**
	 * Whom a connection comes from.
	 * @param peer the other end; null for none
	 * @return the client; the loopback address if the connection has none
	 */
	public static ClientAddress of(@Nullable InetSocketAddress peer) {
		InetAddress address = (peer != null) ? peer.getAddress() : null;
		return new ClientAddress((address != null) ? address : InetAddress.getLoopbackAddress());
	}

	/**
	 * What one subscriber has, so that nobody gets a new limit with each address of a
	 * network of his own.
	 * @return the IPv4 address, or the IPv6 network of 64 bits
	 */
	public String network() {
		if (!(this.address instanceof Inet6Address) || this.address.isLoopbackAddress()) {
			return this.address.getHostAddress();
		}
		byte[] bytes = this.address.getAddress();
		Arrays.fill(bytes, SUBSCRIBER_BYTES, bytes.length, (byte) 0);
		return made(bytes).getHostAddress() + "/64";
	}

	/** The address without the interface that it was seen on. */
	private static InetAddress withoutMapping(InetAddress address) {
		return made(address.getAddress());
	}

	/** Java makes an IPv4 address of one that is mapped into IPv6. */
	private static InetAddress made(byte[] bytes) {
		try {
			return InetAddress.getByAddress(bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("an address has 4 or 16 bytes", ex);
		}
	}

}
