package dev.runnel.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The vendored files are those that VENDORED.md lists.
 */
class VendoredFilesTests {

	private static final Path VENDOR = Path.of("src/main/resources/static/vendor");

	@Test
	void eachFileIsListedWithItsChecksum() throws Exception {
		String list = Files.readString(VENDOR.resolve("VENDORED.md"));
		List<Path> files = files();
		assertThat(files).hasSizeGreaterThan(3);
		for (Path file : files) {
			assertThat(list).containsSubsequence("| `" + VENDOR.relativize(file) + "` |",
					"| `" + sha256(file) + "` |\n");
		}
	}

	private static List<Path> files() throws IOException {
		try (Stream<Path> files = Files.walk(VENDOR)) {
			return files.filter((file) -> Files.isRegularFile(file) && !file.toString().endsWith(".md")).toList();
		}
	}

	private static String sha256(Path file) throws Exception {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
	}

}
