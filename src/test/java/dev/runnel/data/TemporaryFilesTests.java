package dev.runnel.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files that do not outlive a request, nor a process.
 */
class TemporaryFilesTests {

	@TempDir
	private Path data;

	@Test
	void filesOfAnEarlierProcessAreDeleted() throws IOException {
		Path left = TemporaryFiles.in(this.data, Duration.ZERO).create("import-");
		assertThat(left).exists().hasParent(this.data.resolve("tmp"));
		TemporaryFiles.in(this.data, Duration.ZERO);
		assertThat(left).doesNotExist();
	}

	@Test
	void filesThatAnotherServerMayUseStay() throws IOException {
		Path used = TemporaryFiles.in(this.data, Duration.ofHours(1)).create("import-");
		TemporaryFiles.in(this.data, Duration.ofHours(1));
		assertThat(used).exists();
		Files.delete(used);
	}

}
