package dev.runnel.upstream.openrouter;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.Pattern;

import io.netty.util.NetUtil;

/**
 * Recognises hosts in the operator's own network: this machine, the private networks, and
 * names that no public name server has. No name is looked up.
 */
final class OwnNetwork {

	/** A name without a dot, or below a domain for private use. */
	private static final Pattern PRIVATE_NAME = Pattern
		.compile("[^.:\\[\\]]+|(?:.+\\.)?(?:localhost|local|lan|internal|home\\.arpa)", Pattern.CASE_INSENSITIVE);

	/** The first seven bits of the private networks of IPv6, fc00::/7 (RFC 4193). */
	private static final int UNIQUE_LOCAL = 0xfc;

	private OwnNetwork() {
	}

	/**
	 * Returns whether a host is in the own network.
	 * @param host a name or an IP address, as it stands in a URL
	 * @return true if so
	 */
	static boolean has(String host) {
		InetAddress address = NetUtil.createInetAddressFromIpAddressString(host.replaceAll("[\\[\\]]", ""));
		return (address != null) ? isPrivate(address) : PRIVATE_NAME.matcher(host).matches();
	}

	private static boolean isPrivate(InetAddress address) {
		return address.isLoopbackAddress() || address.isSiteLocalAddress() || address.isLinkLocalAddress()
				|| (address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == UNIQUE_LOCAL);
	}

}
