package dev.runnel.security;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.runnel.web.ClientAddress;
import dev.runnel.web.LogPause;
import io.netty.channel.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts open connections and closes connections beyond the limits at once, so that file
 * descriptors are left for the database, the index and upstream connections.
 */
final class ConnectionLimits {

	private static final Logger log = LoggerFactory.getLogger(ConnectionLimits.class);

	/** Files and sockets that the server opens for other purposes. */
	private static final int OWN_FILES = 96;

	private static final int MIN_CONNECTIONS = 8;

	private final AtomicInteger open = new AtomicInteger();

	private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

	private final LogPause pause = new LogPause();

	private final int max;

	private final int maxPerAddress;

	private final TrustedProxies proxies;

	/**
	 * The end of the log's sentence about open connections; empty if the settings set the
	 * limit.
	 */
	private final String cause;

	ConnectionLimits(int max, int maxPerAddress, TrustedProxies proxies) {
		this(max, maxPerAddress, proxies, "");
	}

	private ConnectionLimits(int max, int maxPerAddress, TrustedProxies proxies, String cause) {
		this.max = max;
		this.cause = cause;
		this.maxPerAddress = maxPerAddress;
		this.proxies = proxies;
	}

	static ConnectionLimits of(ConnectionSettings settings, TrustedProxies proxies) {
		int max = Math.min(settings.maxTotal(), descriptors());
		String cause = "";
		if (max < settings.maxTotal()) {
			log.warn("The system allows this process few open files (ulimit -n): at most {} connections", max);
			cause = ", as many as the open files of this process allow (ulimit -n)";
		}
		return new ConnectionLimits(max, settings.maxPerAddress(), proxies, cause);
	}

	/** Each answer takes two descriptors: one to its reader, one to upstream. */
	private static int descriptors() {
		if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
			long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() - OWN_FILES;
			return (int) Math.max(MIN_CONNECTIONS, Math.min(Integer.MAX_VALUE, free / 2));
		}
		return Integer.MAX_VALUE;
	}

	/**
	 * Counts a new connection until it is closed.
	 * @param channel the connection; it is closed if it exceeds a limit
	 * @return whether the connection may stay open
	 */
	boolean admit(Channel channel) {
		String address = counted(channel);
		int total = this.open.incrementAndGet();
		int own = count(address);
		channel.closeFuture().addListener((closed) -> release(address));
		if (total <= this.max && own <= this.maxPerAddress) {
			return true;
		}
		warn(total - 1, Math.max(0, own - 1));
		channel.close();
		return false;
	}

	private int count(String address) {
		return address.isEmpty() ? 0 : this.byAddress.merge(address, 1, Integer::sum);
	}

	private void warn(int open, int ofItsAddress) {
		if (this.pause.isOver()) {
			log.warn("A connection is refused: {} are open{}, {} of them from its address", open,
					(open >= this.max) ? this.cause : "", ofItsAddress);
		}
	}

	/** Returns the address to count; empty if the address has no limit. */
	private String counted(Channel channel) {
		ClientAddress client = ClientAddress
			.of((channel.remoteAddress() instanceof InetSocketAddress peer) ? peer : null);
		return isFree(client.address()) ? "" : client.network();
	}

	private boolean isFree(InetAddress address) {
		return address.isLoopbackAddress() || this.proxies.trust(address);
	}

	private void release(String address) {
		this.open.decrementAndGet();
		if (!address.isEmpty()) {
			this.byAddress.computeIfPresent(address, (key, count) -> (count > 1) ? count - 1 : null);
		}
	}

}
