package dev.runnel.security;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import dev.runnel.web.ClientAddress;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * The networks of trusted proxies.
 */
final class TrustedProxies {

	private final List<IpSubnetFilterRule> networks;

	/**
	 * Creates the networks.
	 * @param networks addresses, or networks such as 10.0.0.0/8 and fd00::/8
	 * @throws IllegalArgumentException if a text is neither
	 */
	TrustedProxies(List<String> networks) {
		this.networks = networks.stream().map(String::strip).map(TrustedProxies::network).toList();
	}

	private static IpSubnetFilterRule network(String text) {
		int slash = text.indexOf('/');
		InetAddress address = address((slash < 0) ? text : text.substring(0, slash));
		if (address == null) {
			throw wrong(text);
		}
		int bits = address.getAddress().length * Byte.SIZE;
		int prefix = (slash < 0) ? bits : prefix(text.substring(slash + 1));
		if (prefix < 0 || prefix > bits) {
			throw wrong(text);
		}
		return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
	}

	private static int prefix(String text) {
		return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
	}

	private static IllegalArgumentException wrong(String text) {
		return new IllegalArgumentException("runnel.security.trusted-proxies must be addresses or networks such as"
				+ " 127.0.0.1, 10.0.0.0/8 or fd00::/8, but has '" + text + "'");
	}

	/**
	 * Parses an IP address without a DNS lookup.
	 * @param text any text
	 * @return the address; null if the text is not an IP address
	 */
	static @Nullable InetAddress address(String text) {
		InetAddress address = NetUtil.createInetAddressFromIpAddressString(text);
		return (address != null) ? new ClientAddress(address).address() : null;
	}

	/**
	 * Returns whether a peer is a trusted proxy.
	 * @param address the address of the peer
	 * @return true if so
	 */
	boolean trust(InetAddress address) {
		if (this.networks.isEmpty()) {
			return false;
		}
		InetSocketAddress host = new InetSocketAddress(new ClientAddress(address).address(), 0);
		return this.networks.stream().anyMatch((network) -> network.matches(host));
	}

}
