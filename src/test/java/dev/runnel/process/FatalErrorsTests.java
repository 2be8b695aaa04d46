package dev.runnel.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import dev.runnel.process.FatalErrors.UnusableError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that can no longer serve ends, in whatever thread the error occurs and
 * whatever code catches it.
 */
@Timeout(60)
class FatalErrorsTests {

	private record End(int code, String errors) {
	}

	private static End run(Provoked what) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx32m",
				"-XX:TieredStopAtLevel=1", "-Dio.netty.maxDirectMemory=4194304", "-cp",
				System.getProperty("java.class.path"), Provoked.class.getName(), what.name())
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		try (InputStream errors = process.getErrorStream()) {
			String said = new String(errors.readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			return new End(process.exitValue(), said);
		}
		finally {
			process.destroyForcibly();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "THREAD", "PARALLEL", "BOUNDED_ELASTIC", "EVENT_LOOP", "DROPPED", "SWALLOWED" })
	void theProcessEndsWhereMemoryIsOut(Provoked what) throws Exception {
		End end = run(what);
		assertThat(end.errors().lines())
			.filteredOn((line) -> line.startsWith("Runnel ends with code 3: out of memory ("))
			.hasSize(1);
		assertThat(end.code()).isEqualTo(3);
	}

	@Test
	void theProcessEndsWhereItIsOfNoUse() throws Exception {
		End end = run(Provoked.UNUSABLE);
		assertThat(end.errors()).contains("Runnel ends with code 3: its database is lost.");
		assertThat(end.code()).isEqualTo(3);
	}

	@Test
	void aStopThatHangsHasAnEnd() throws Exception {
		End end = run(Provoked.STOP);
		assertThat(end.errors()).contains("Runnel ends with code 3: it did not stop within 1 s.");
		assertThat(end.code()).isEqualTo(3);
	}

	@Test
	void directMemoryThatIsOutForAMomentEndsNothing() throws Exception {
		End end = run(Provoked.DIRECT_MEMORY);
		assertThat(end.errors()).doesNotContain("Runnel ends");
		assertThat(end.code()).isZero();
	}

	@Test
	void aProcessThatIsNotWatchedIsLeftAlone() {
		FatalErrors.report(new UnusableError("would end the tests"));
		assertThat(Thread.getDefaultUncaughtExceptionHandler() instanceof FatalErrors).isFalse();
	}

}
