package dev.runnel.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Files that are there as a whole or not at all.
 */
class WholeFileTests {

	private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

	@TempDir
	private Path directory;

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void onlyTheOwnerCanReadTheFile() throws IOException {
		Path file = this.directory.resolve("secret");
		WholeFile.create(file, CONTENT);
		assertThat(file).hasBinaryContent(CONTENT);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
	}

	@Test
	void aFileThatExistsStays() throws IOException {
		Path file = Files.writeString(this.directory.resolve("secret"), "earlier");
		assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> WholeFile.create(file, CONTENT));
		assertThat(file).hasContent("earlier");
		try (Stream<Path> files = Files.list(this.directory)) {
			assertThat(files).containsExactly(file);
		}
	}

}
