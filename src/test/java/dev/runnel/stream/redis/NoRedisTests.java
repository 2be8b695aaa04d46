package dev.runnel.stream.redis;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.runnel.RunnelProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that shares nothing pays nothing.
 */
@Timeout(400)
class NoRedisTests {

	@Test
	void aServerWithoutRedisLoadsNoClassOfItsClient(@TempDir Path folder) throws Exception {
		Path classes = folder.resolve("classes");
		try (RunnelProcess server = RunnelProcess.start(folder, "true", "-Xlog:class+load:file=" + classes)) {
			assertThat(server.isServing()).isTrue();
			assertThat(Files.readString(classes)).contains("dev.runnel.stream.MemoryStreamStore")
				.doesNotContain("io.lettuce.")
				.doesNotContain("dev.runnel.stream.redis.RedisNode");
		}
	}

}
