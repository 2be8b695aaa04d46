package dev.runnel.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

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
				write(file, create());
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

	/**
	 * Writes a temporary file and renames it, so that a crash leaves a complete secret or
	 * none. Temporary files are readable by their owner only.
	 */
	private static void write(Path file, byte[] secret) throws IOException {
		Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
		Path draft = Files.createTempFile(directory, "secret", null);
		Files.write(draft, secret);
		Files.move(draft, file);
	}

}
