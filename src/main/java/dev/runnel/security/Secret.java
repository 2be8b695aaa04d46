package dev.runnel.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

import dev.runnel.data.WholeFile;

/**
 * The secret of the server. Nobody needs to know it or type it.
 */
final class Secret {

	private static final int BYTES = 32;

	private Secret() {
	}

	/**
	 * Creates a secret.
	 * @return random bytes
	 */
	static byte[] create() {
		byte[] secret = new byte[BYTES];
		new SecureRandom().nextBytes(secret);
		return secret;
	}

	/**
	 * Reads the secret from its file. If the file is missing, it is created, readable by
	 * its owner only.
	 * @param file the file
	 * @param setting the setting that names the file, for the error message
	 * @return the secret
	 * @throws IllegalArgumentException if the file cannot be read or created, or is too
	 * short
	 */
	static byte[] keptIn(Path file, String setting) {
		try {
			if (!Files.exists(file)) {
				Files.createDirectories(file.toAbsolutePath().getParent());
				WholeFile.create(file, create());
			}
			return read(file, setting);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(setting + " cannot be read or created: " + ex, ex);
		}
	}

	private static byte[] read(Path file, String setting) throws IOException {
		byte[] secret = Files.readAllBytes(file);
		if (secret.length < BYTES) {
			throw new IllegalArgumentException(
					setting + " holds fewer than " + BYTES + " bytes: delete " + file + " and a new one is created");
		}
		return secret;
	}

}
