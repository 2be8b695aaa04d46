package dev.runnel.upstream.openrouter;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OwnNetwork}.
 */
class OwnNetworkTests {

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "[::1]", "localhost", "LOCALHOST", "10.1.2.3", "172.16.0.1", "172.31.255.255",
			"192.168.0.7", "169.254.1.1", "[fd12:3456::1]", "[fc00::1]", "[fe80::1]", "llama_cpp", "gpu-1",
			"host.docker.internal", "nas.local", "box.lan", "models.home.arpa" })
	void hostsOfTheOwnNetwork(String host) {
		assertThat(OwnNetwork.has(host)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "openrouter.ai", "api.mistral.ai", "8.8.8.8", "172.32.0.1", "192.169.0.1", "11.0.0.1",
			"[2001:db8::1]", "localhost.example.com", "notlocal.example", "mylocal.com", "10.example.com" })
	void hostsOfOthers(String host) {
		assertThat(OwnNetwork.has(host)).isFalse();
	}

}
