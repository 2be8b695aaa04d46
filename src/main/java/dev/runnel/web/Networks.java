package dev.runnel.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * Networks that a setting names.
 */
public final class Networks {

	private final List<IpSubnetFilterRule> networks;

	/**
	 * Creates the networks.
	 * @param setting the name of the setting, for the error message
	 * @param networks addresses, or networks such as 10.0.0.0/8 and fd00::/8
	 * @throws IllegalArgumentException if a text is neither
	 */
	public Networks(String setting, List<String> networks) {
		this.networks = networks.stream().map(String::strip).map((text) -> network(setting, text)).toList();
	}

	private static IpSubnetFilterRule network(String setting, String text) {
		int slash = text.indexOf('/');
		InetAddress address = address((slash < 0) ? text : text.substring(0, slash));
		if (address == null) {
			throw wrong(setting, text);
		}
		int bits = address.getAddress().length * Byte.SIZE;
		int prefix = (slash < 0) ? bits : prefix(text.substring(slash + 1));
		if (prefix < 0 || prefix > bits) {
			throw wrong(setting, text);
		}
		return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
	}

	private static int prefix(String text) {
		return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
	}

	private static IllegalArgumentException wrong(String setting, String text) {
		return new IllegalArgumentException(setting + " must be addresses or networks such as"
				+ " 127.0.0.1, 10.0.0.0/8 or fd00::/8, but has '" + text + "'");
	}

	/**
	 * Parses an IP address without a DNS lookup.
	 * @param text any text
	 * @return the address; null if the text is not an IP address
	 */
	public static @Nullable InetAddress address(String text) {
		InetAddress address = NetUtil.createInetAddressFromIpAddressString(text);
		return (address != null) ? new ClientAddress(address).address() : null;
	}

	/**
	 * Returns the peer of the connection of a request. No header changes it, unlike the
	 * {@link ClientAddress}.
	 * @param request the request
	 * @return the address; null if the connection has none
	 */
	public static @Nullable InetAddress peer(ServerHttpRequest request) {
		Object connection = ServerHttpRequestDecorator.getNativeRequest(request);
		return (connection instanceof HttpServerRequest received
				&& received.connectionRemoteAddress() instanceof InetSocketAddress peer) ? peer.getAddress() : null;
	}

	/**
	 * Returns whether an address is in one of the networks.
	 * @param address the address
	 * @return true if so
	 */
	public boolean contain(InetAddress address) {
		if (this.networks.isEmpty()) {
			return false;
		}
		InetSocketAddress host = new InetSocketAddress(new ClientAddress(address).address(), 0);
		return this.networks.stream().anyMatch((network) -> network.matches(host));
	}

}
