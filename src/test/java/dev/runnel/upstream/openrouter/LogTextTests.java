package dev.runnel.upstream.openrouter;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LogText}.
 */
class LogTextTests {

	private final LogText text = new LogText("my key.1");

	@Test
	void leavesOutKeysAndAccounts() {
		assertThat(this.text.clean("key my key.1, sk-or-v1-0123456789, sk-or-***abcd, user_2abcDEF, org-12345"))
			.isEqualTo("key [key], [secret], [secret], [secret], [secret]");
	}

	@Test
	void isOneLine() {
		assertThat(this.text.clean("a\r\nb\tc\u2028d\u0000e\u001b[31mf\u202Eg\u0085h\u009b31mi\u061Cj"))
			.isEqualTo("a\u00b7\u00b7b\u00b7c\u00b7d\u00b7e\u00b7[31mf\u00b7g\u00b7h\u00b731mi\u00b7j");
	}

	@Test
	void isShort() {
		assertThat(this.text.clean("x".repeat(1000))).hasSize(401);
	}

}
