package dev.runnel.security;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The names of hosts without their ports.
 */
class HostFilterTests {

	@ParameterizedTest
	@CsvSource({ "localhost, localhost", "Chat.Example:8000, chat.example", "chat.example., chat.example",
			"chat.example.:443, chat.example", "127.0.0.1:80, 127.0.0.1", "host:, host", "[::1]:8000, [::1]",
			"[::1], [::1]", "::1, ::1", "host::80, host::80", "host:80x, host:80x", ":80, :80" })
	void aHostHasItsNameWithoutItsPort(String host, String name) {
		assertThat(HostFilter.plain(host)).isEqualTo(name);
	}

}
