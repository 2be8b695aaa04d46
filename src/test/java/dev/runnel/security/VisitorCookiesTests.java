package dev.runnel.security;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import dev.runnel.web.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The secret verifies cookies, and the secret outlives the process.
 */
class VisitorCookiesTests {

	@Test
	void knowsWhatItIssued() {
		VisitorCookies cookies = new VisitorCookies(Secret.create());
		Visitor visitor = cookies.create();
		assertThat(cookies.visitor(cookies.value(visitor))).contains(visitor);
	}

	@Test
	void doesNotKnowWhatAnotherIssued() {
		VisitorCookies other = new VisitorCookies(Secret.create());
		String value = other.value(other.create());
		assertThat(new VisitorCookies(Secret.create()).visitor(value)).isEmpty();
	}

	@Test
	void visitorsAreRandom() {
		VisitorCookies cookies = new VisitorCookies(Secret.create());
		assertThat(cookies.create().id()).hasSize(22).isNotEqualTo(cookies.create().id());
	}

	@Test
	void theSecretIsMadeOnce(@TempDir Path folder) {
		Path file = folder.resolve("new").resolve("secret");
		byte[] made = Secret.keptIn(file, "the setting");
		assertThat(Secret.keptIn(file, "the setting")).isEqualTo(made).hasSize(32);
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its files have no POSIX permissions")
	void theSecretIsForItsOwnerOnly(@TempDir Path folder) throws Exception {
		Path file = folder.resolve("secret");
		Secret.keptIn(file, "the setting");
		assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
	}

}
