package dev.runnel.security;

import java.net.InetAddress;
import java.util.List;

import dev.runnel.web.Networks;

/**
 * The networks of trusted proxies.
 */
final class TrustedProxies {

	private final Networks networks;

	/**
	 * Creates the networks.
	 * @param networks addresses, or networks such as 10.0.0.0/8 and fd00::/8
	 * @throws IllegalArgumentException if a text is neither
	 */
	TrustedProxies(List<String> networks) {
		this.networks = new Networks("runnel.security.trusted-proxies", networks);
	}

	/**
	 * Returns whether a peer is a trusted proxy.
	 * @param address the address of the peer
	 * @return true if so
	 */
	boolean trust(InetAddress address) {
		return this.networks.contain(address);
	}

}
