package dev.runnel.security;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The limits on connections, in all and from one address.
 */
class ConnectionLimitsTests {

	private final ConnectionLimits limits = new ConnectionLimits(5, 2, new TrustedProxies(List.of("192.0.2.9")));

	private static EmbeddedChannel from(String address) {
		return new EmbeddedChannel() {

			@Override
			protected SocketAddress remoteAddress0() {
				return new InetSocketAddress(address, 4711);
			}

		};
	}

	private EmbeddedChannel admitted(String address) {
		EmbeddedChannel channel = from(address);
		assertThat(this.limits.admit(channel)).isTrue();
		assertThat(channel.isOpen()).isTrue();
		return channel;
	}

	private void refused(String address) {
		EmbeddedChannel channel = from(address);
		assertThat(this.limits.admit(channel)).isFalse();
		channel.runPendingTasks();
		assertThat(channel.isOpen()).isFalse();
	}

	@Test
	void oneAddressGetsItsShareAndAPlaceIsGivenBack() {
		EmbeddedChannel first = admitted("192.0.2.1");
		admitted("192.0.2.1");
		refused("192.0.2.1");
		refused("192.0.2.1");
		admitted("192.0.2.2");
		first.close();
		admitted("192.0.2.1");
	}

	@Test
	void oneNetworkOfIpv6IsOneAddress() {
		admitted("2001:db8::1");
		admitted("2001:db8::2");
		refused("2001:db8::3");
		admitted("2001:db8:0:1::1");
	}

	@Test
	void thisMachineAndTrustedProxiesAreBoundByTheTotalOnly() {
		for (String address : List.of("127.0.0.1", "127.0.0.1", "127.0.0.1", "192.0.2.9", "192.0.2.9")) {
			admitted(address);
		}
		refused("192.0.2.9");
		refused("192.0.2.1");
	}

}
