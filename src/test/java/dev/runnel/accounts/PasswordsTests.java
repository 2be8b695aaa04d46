package dev.runnel.accounts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.runnel.accounts.Refusal.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which passwords can be chosen.
 */
class PasswordsTests {

	private static final Duration LIMIT = Duration.ofSeconds(120);

	private static final Passwords passwords = new Passwords(true);

	@AfterAll
	static void stop() {
		passwords.close();
	}

	private static void assertRefused(Mono<String> hash, Reason reason) {
		StepVerifier.create(hash)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(Refusal.class)
				.extracting((refusal) -> ((Refusal) refusal).reason())
				.isEqualTo(reason))
			.verify(LIMIT);
	}

	/** The number that docs/accounts.md names. */
	@Test
	void aHashTakesSixHundredThousandIterations() {
		String password = "a long enough sentence";
		PasswordEncoder encoder = new Pbkdf2PasswordEncoder("", 16, 600_000,
				SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256);
		StepVerifier.create(passwords.hash(password, "Ann"))
			.assertNext((hash) -> assertThat(hash).startsWith("{pbkdf2}")
				.satisfies((whole) -> assertThat(encoder.matches(password, whole.substring(8))).isTrue()))
			.expectComplete()
			.verify(LIMIT);
	}

	@ParameterizedTest
	@CsvSource({ "1q2w3e4r5t", "Qwertyuiop", "1234567890", "PASSWORD123", "\uff11\uff12345678901" })
	void aCommonPasswordIsRefusedInEverySpelling(String common) {
		assertRefused(passwords.hash(common, "Ann"), Reason.COMMON_PASSWORD);
	}

	@Test
	void theThreeThousandMostCommonOnesThatAreLongEnoughAreRefused() throws Exception {
		CommonPasswords common = CommonPasswords.read();
		assertThat(Files.readAllLines(Path.of("src/main/resources/accounts/common-passwords.txt")))
			.hasSizeGreaterThan(3000)
			.allMatch((password) -> password.length() >= 10)
			.allMatch(common::contain);
	}

	@ParameterizedTest
	@CsvSource({ "Annabel, annaBEL 2026!", "Annabel, my name is annabel", "Ann, my runnel password",
			"Ann, RUNNEL2026!" })
	void aPasswordWithTheNameOfTheAccountOrTheServerIsRefused(String name, String password) {
		assertRefused(passwords.hash(password, name), Reason.PASSWORD);
	}

	@ParameterizedTest
	@CsvSource({ "Ann, a planned sentence", "'', a long enough sentence" })
	void aShortNameForbidsNoWordsThatHaveIt(String name, String password) {
		StepVerifier.create(passwords.hash(password, name)).expectNextCount(1).expectComplete().verify(LIMIT);
	}

}
