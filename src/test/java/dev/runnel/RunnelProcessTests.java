package dev.runnel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link RunnelProcess}: a process that does not serve fails its test soon, and
 * none is left behind.
 */
@Timeout(400)
@DisabledOnOs(OS.WINDOWS)
class RunnelProcessTests {

	@TempDir
	private Path folder;

	@Test
	void aProcessThatEndsFailsWithItsOutput() {
		assertThatIllegalStateException()
			.isThrownBy(() -> RunnelProcess.start(this.folder, "echo out of order; exit 3"))
			.withMessageContaining("out of order");
	}

	@Test
	void aProcessThatNeverServesIsEnded() throws Exception {
		assertThatIllegalStateException()
			.isThrownBy(() -> RunnelProcess.start(Duration.ofSeconds(5), this.folder, "echo $$; exec sleep 600"));
		long pid = Long.parseLong(Files.readString(this.folder.resolve("log")).strip());
		assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
	}

}
