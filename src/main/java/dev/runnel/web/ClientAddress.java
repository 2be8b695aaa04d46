package dev.runnel.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

/**
 * The address of the client. If the peer is a trusted proxy, the server has already
 * replaced the address of the peer by the one that the proxy reports, before any filter
 * runs. Reports from other peers are ignored.
 *
 * @param address an IPv4 address, or an IPv6 address that is not a mapped IPv4 address
 */
public record ClientAddress(InetAddress address) {

	/**
	 * An IPv6 provider gives each subscriber at least a network with a prefix of this
	 * many bytes.
	 */
	private static final int SUBSCRIBER_BYTES = 8;

	/**
	 * Creates a client address.
	 * @param address any IP address
	 */
	public ClientAddress(InetAddress address) {
		this.address = withoutMapping(address);
	}

	/**
	 * Returns the client of a request.
	 * @param exchange the request
	 * @return the client; the loopback address if the connection has no address
	 */
	public static ClientAddress of(ServerWebExchange exchange) {
		return of(exchange.getRequest().getRemoteAddress());
	}

	/**
	 * Returns the client of a connection.
	 * @param peer the other end of the connection; null for none
	 * @return the client; the loopback address if the connection has no address
	 */
	public static ClientAddress of(@Nullable InetSocketAddress peer) {
		InetAddress address = (peer != null) ? peer.getAddress() : null;
		return new ClientAddress((address != null) ? address : InetAddress.getLoopbackAddress());
	}

	/**
	 * Returns the network of one subscriber. A client must not get new limits by using
	 * another address of its own network.
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

	/**
	 * Returns the address without the network interface it belongs to. An IPv4 address
	 * has none.
	 */
	private static InetAddress withoutMapping(InetAddress address) {
		return (address instanceof Inet6Address) ? made(address.getAddress()) : address;
	}

	/** Java turns a mapped IPv6 address into the IPv4 address. */
	private static InetAddress made(byte[] bytes) {
		try {
			return InetAddress.getByAddress(bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("an address has 4 or 16 bytes", ex);
		}
	}

}
