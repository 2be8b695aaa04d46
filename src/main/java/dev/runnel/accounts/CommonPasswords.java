package dev.runnel.accounts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.core.io.ClassPathResource;

/**
 * The passwords that many people have chosen. Whoever guesses tries them first. The file
 * has those of two published lists that are long enough here.
 */
final class CommonPasswords {

	private static final ClassPathResource FILE = new ClassPathResource("accounts/common-passwords.txt");

	private final Set<String> passwords;

	private CommonPasswords(Set<String> passwords) {
		this.passwords = passwords;
	}

	static CommonPasswords read() {
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(FILE.getInputStream(), StandardCharsets.UTF_8))) {
			return new CommonPasswords(lines.lines().collect(Collectors.toUnmodifiableSet()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns whether a password is among them, in any case of its letters.
	 * @param password the password as it was typed
	 * @return true if so
	 */
	boolean contain(String password) {
		return this.passwords.contains(AccountName.folded(password));
	}

}
