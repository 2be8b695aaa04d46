package dev.runnel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A certificate that signs itself, for servers of tests.
 */
public final class TestCertificate {

	private static final String PASSWORD = "changeit";

	private TestCertificate() {
	}

	/**
	 * Creates a certificate, and its key in a file of the same name that ends with
	 * {@code .key}.
	 * @param folder the folder of the files
	 * @param name the name of the files
	 * @param host the host, such as {@code ip:127.0.0.1} or {@code dns:example.org}
	 * @return the file with the certificate, which ends with {@code .crt}
	 */
	public static Path create(Path folder, String name, String host) throws Exception {
		Path store = folder.resolve(name + ".p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "it", "-keyalg", "RSA", "-dname", "CN=Test", "-ext", "SAN=" + host,
				"-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store.toString())
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
		KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
		Key key = keys.getKey("it", PASSWORD.toCharArray());
		pem(folder.resolve(name + ".key"), "PRIVATE KEY", key.getEncoded());
		return pem(folder.resolve(name + ".crt"), "CERTIFICATE", keys.getCertificate("it").getEncoded());
	}

	private static Path pem(Path file, String kind, byte[] content) throws IOException {
		Files.writeString(file,
				"-----BEGIN " + kind + "-----\n"
						+ Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content) + "\n-----END " + kind
						+ "-----\n");
		file.toFile().setReadable(false, false);
		file.toFile().setReadable(true, true);
		return file;
	}

}
