package dev.runnel.security;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link RunningProxy}, with a shell as the program.
 */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class RunningProxyTests {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "nginx: [emerg] bind() to 127.0.0.1:1 failed (98: Address already in use)",
			"(98)Address already in use: AH00072: make_sock: could not bind to address 127.0.0.1:1",
			"Error: loading initial config: listen udp 127.0.0.1:1: bind: address already in use" })
	void aProgramWhosePortIsTakenStartsOnAnotherOne(String output) throws Exception {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Iterator<Integer> ports = List.of(1, other.getLocalPort()).iterator();
			try (RunningProxy proxy = RunningProxy.start(this.folder, ports::next,
					(port) -> List.of("sh", "-c", (port == 1) ? "echo '" + output + "'; exit 1" : "exec sleep 60"))) {
				assertThat(proxy.port()).isEqualTo(other.getLocalPort());
			}
		}
	}

	@Test
	void aProgramThatFailsOtherwiseFailsTheTestWithItsOutput() {
		Iterator<Integer> ports = List.of(1).iterator();
		assertThatThrownBy(() -> RunningProxy.start(this.folder, ports::next,
				(port) -> List.of("sh", "-c", "echo out of order; exit 1")))
			.hasStackTraceContaining("out of order");
	}

}
