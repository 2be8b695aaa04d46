package dev.runnel.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The server's secret, which no one else needs to know and which need not be typed.
 */
final class Secret {

	private static final int BYTES = 32;

	private Secret() {
	}

	/**
	 * Makes a secret.
	 * @return random bytes
	 */
	static byte[] create() {
		byte[] secret = new byte[BYTES];
		new SecureRandom().nextBytes(secret);
		return secret;
	}

	/**
	 * Reads the secret from its file, which is made if it is not there, readable by its
	 * owner only.
	 * @param file where the secret is kept
	 * @param setting what names the file, for whoever has to mend it
	 * @return the secret
	 * @throws IllegalArgumentException if the file can be neither read nor made
	 */
	static byte[] keptIn(Path file, String setting) {
		try {
			if (!Files.exists(file)) {
				write(file, create());
			}
			byte[] secret = Files.readAllBytes(file);
			if (secret.length < BYTES) {
				throw new IllegalArgumentException(
						setting + " holds fewer than " + BYTES + " bytes: delete " + file + " and a new one is made");
			}
			return secret;
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(setting + " can be neither read nor made: " + ex, ex);
		}
	}

	/**
	 * Writes beside the file first, so that a crash leaves a whole secret or none.
	 * Temporary files are for their owner only.
	 */
	private static void write(Path file, byte[] secret) throws IOException {
		Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
		Path draft = Files.createTempFile(directory, "secret", null);
		Files.write(draft, secret);
		Files.move(draft, file);
	}

}
