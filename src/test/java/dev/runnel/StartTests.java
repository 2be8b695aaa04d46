package dev.runnel;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.autoproxy.AbstractAutoProxyCreator;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The messages at the start: the address of the page, or the wrong setting.
 */
@Tag("one-jdk")
@ExtendWith(OutputCaptureExtension.class)
class StartTests {

	/** Leaves out the settings of the tests, which do not store the secret. */
	private static final String MAIN_ONLY = "spring.config.location=classpath:/application.yml";

	private static ConfigurableApplicationContext start(String... settings) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0"));
		for (String setting : settings) {
			arguments.add("--" + setting);
		}
		return new SpringApplicationBuilder(RunnelApplication.class).run(arguments.toArray(String[]::new));
	}

	@Test
	void saysWhereThePageIsAndThatAMockAnswers(CapturedOutput output) {
		try (ConfigurableApplicationContext running = start()) {
			String port = running.getEnvironment().getProperty("local.server.port");
			assertThat(output)
				.contains("Runnel is at http://127.0.0.1:" + port + "/ai-demo; answers come from the mock");
		}
	}

	@Test
	void looksForNoAnnotationsThatNoBeanHas() {
		try (ConfigurableApplicationContext running = start()) {
			assertThat(running.getBeansOfType(AbstractAutoProxyCreator.class)).isEmpty();
		}
	}

	@Test
	void noClassIsGeneratedForABean() {
		try (ConfigurableApplicationContext running = start()) {
			ConfigurableListableBeanFactory beans = running.getBeanFactory();
			List<String> types = Arrays.stream(beans.getSingletonNames())
				.map((name) -> beans.getSingleton(name).getClass().getName())
				.toList();
			assertThat(types).hasSizeGreaterThan(50).noneMatch((type) -> type.contains("CGLIB"));
		}
	}

	@Test
	void saysWhichModelAnswersAndNeverTheKey(CapturedOutput output) {
		try (ConfigurableApplicationContext running = start("runnel.openrouter.api-key=sk-or-secret",
				"runnel.openrouter.base-url=http://127.0.0.1:9/api/v1", "runnel.openrouter.model=acme/chat-1")) {
			assertThat(running.isRunning()).isTrue();
			assertThat(output).contains("answers come from acme/chat-1 at 127.0.0.1").doesNotContain("sk-or-secret");
			// Waits for the failed fetch of the models. Otherwise it fails while the
			// server stops, and the message appears in the output of the next test.
			Awaitility.await()
				.atMost(10, TimeUnit.SECONDS)
				.until(() -> output.getAll().contains("The list of models could not be fetched"));
		}
	}

	@Test
	void namesEachOfSeveralServices(CapturedOutput output) {
		try (ConfigurableApplicationContext running = start("runnel.openrouter.model=acme/chat-1",
				"runnel.upstreams[0].name=one", "runnel.upstreams[0].base-url=http://127.0.0.1:9/v1",
				"runnel.upstreams[1].name=two", "runnel.upstreams[1].base-url=http://localhost:9/v1")) {
			assertThat(running.isRunning()).isTrue();
			assertThat(output).contains("answers come from acme/chat-1 at one (127.0.0.1), two (localhost)");
			Awaitility.await()
				.atMost(20, TimeUnit.SECONDS)
				.until(() -> output.getAll().contains("could not be fetched from 127.0.0.1")
						&& output.getAll().contains("could not be fetched from localhost"));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"runnel.stream.grace=soon | runnel.stream.grace must be a duration such as 500ms, 30s or 5m, but is 'soon'.",
			"runnel.chat.max-answer-chars=0 | runnel.chat.max-answer-chars must be greater than or equal to 1, but is '0'.",
			"runnel.chat.max-answer-chars=1048577 | runnel.chat.max-answer-chars must be less than or equal to 1048576, but is '1048577'.",
			"runnel.stream.max-total=0 | runnel.stream.max-total must be greater than or equal to 1, but is '0'.",
			"runnel.stream.max-total=many | runnel.stream.max-total must be a whole number, but is 'many'.",
			"runnel.conversation.max-size=1MB | runnel.conversation.max-size must be at least 4MB, because one answer can take 3MB.",
			"runnel.fallback=maybe | runnel.fallback must be one of [mock, error], but is 'maybe'.",
			"runnel.redis.url=127.0.0.1:6379 | runnel.redis.url must be an address such as redis://user:password@host:6379.",
			"runnel.redis.url=redis://127.0.0.1:1 | RUNNEL_REDIS_URL needs RUNNEL_DATABASE_URL: servers that share streams share a PostgreSQL database, and the embedded one belongs to one server.",
			"runnel.upstreams[0].name=a b | runnel.upstreams needs a name for each service: 1 to 40 letters, digits, dots, hyphens and underscores.",
			"runnel.security.secret=short | runnel.security.secret must have at least 32 characters, all of them random." })
	void namesTheWrongSettingInOneLine(String setting, String line, CapturedOutput output) {
		assertThatThrownBy(() -> start(setting)).isInstanceOf(Exception.class);
		assertThat(output.getErr()).contains("Runnel cannot start: " + line);
		assertThat(output).doesNotContain("APPLICATION FAILED TO START");
	}

	@Test
	void aWrongAddressIsNotRepeatedSinceItMayHoldASecret(CapturedOutput output) {
		assertThatThrownBy(() -> start("runnel.openrouter.base-url=ftp://user:pass@example.org"))
			.isInstanceOf(Exception.class);
		assertThat(output.getErr()).contains("Runnel cannot start: runnel.openrouter.base-url ");
		assertThat(output).doesNotContain("user:pass");
	}

	@Test
	void aDataDirectoryThatCannotBeMadeIsNamed(@TempDir Path folder, CapturedOutput output) throws Exception {
		Path inTheWay = Files.writeString(folder.resolve("file"), "x");
		assertNamed("runnel.data-dir names a directory that cannot be found or created: ", output,
				"runnel.data-dir=" + inTheWay.resolve("data"));
	}

	@Test
	void aDataDirectoryThatCannotBeWrittenIsNamed(@TempDir Path folder, CapturedOutput output) throws Exception {
		Files.createDirectories(folder.resolve("runnel.mv.db"));
		assertNamed("runnel.data-dir names a directory whose database cannot be opened: ", output,
				"runnel.data-dir=" + folder);
	}

	@Test
	void aSecretThatCannotBeReadIsNamed(@TempDir Path folder, CapturedOutput output) {
		assertNamed("runnel.security.secret-file names a file that cannot be read or created: ", output,
				"runnel.security.secret-file=" + folder);
	}

	@Test
	void textFromOutsideBeginsNoLineOfTheLog(CapturedOutput output) {
		try (ConfigurableApplicationContext running = start()) {
			LoggerFactory.getLogger("dev.runnel.Test")
				.warn("a\nforged 1 \u001b[31m \u0085 \u202E {}",
						"x\r\nforged 2\tb\u061Cc\u200Bd\u00ADe\uFFF9f\uDB40\uDC41g",
						new IllegalStateException("b\nforged 3 \u001b\u061C"));
			assertThat(running.isRunning()).isTrue();
		}
		assertThat(output).contains("a·forged 1 ·[31m · · x··forged 2\tb·c·d·e·f·g", "forged 3 ··");
		assertThat(output.getAll().lines()).noneMatch((line) -> line.startsWith("forged"));
	}

	@Test
	void aLineOfTheDotEnvFileThatIsNoEntryIsNamed(@TempDir Path folder, CapturedOutput output) throws Exception {
		Path file = Files.writeString(folder.resolve("x.env"), "A=1\nsk-or-secret\n");
		System.setProperty("RUNNEL_ENV_FILE", file.toString());
		try {
			assertNamed("RUNNEL_ENV_FILE (or .env) names a file whose line 2 is not NAME=value", output);
			assertThat(output).doesNotContain("sk-or-secret");
		}
		finally {
			System.clearProperty("RUNNEL_ENV_FILE");
		}
	}

	@Test
	void aDotEnvFileThatIsNamedAndMissingIsToldInOneLine(@TempDir Path folder, CapturedOutput output) {
		System.setProperty("RUNNEL_ENV_FILE", folder.resolve("missing.env").toString());
		try (ConfigurableApplicationContext running = start()) {
			assertThat(running.isRunning()).isTrue();
			assertThat(output.getAll().lines().filter((line) -> line.contains("missing.env"))).singleElement()
				.asString()
				.contains("WARN", "RUNNEL_ENV_FILE names a file that does not exist");
		}
		finally {
			System.clearProperty("RUNNEL_ENV_FILE");
		}
	}

	@Test
	void anEmptyNameOfADotEnvFileMeansNone(CapturedOutput output) {
		System.setProperty("RUNNEL_ENV_FILE", "");
		try (ConfigurableApplicationContext running = start()) {
			assertThat(running.isRunning()).isTrue();
			assertThat(output).doesNotContain("RUNNEL_ENV_FILE");
		}
		finally {
			System.clearProperty("RUNNEL_ENV_FILE");
		}
	}

	@Test
	void aDirectoryInPlaceOfADotEnvFileIsTold(@TempDir Path folder, CapturedOutput output) {
		System.setProperty("RUNNEL_ENV_FILE", folder.toString());
		try (ConfigurableApplicationContext running = start()) {
			assertThat(running.isRunning()).isTrue();
			assertThat(output).contains("RUNNEL_ENV_FILE names a file that does not exist");
		}
		finally {
			System.clearProperty("RUNNEL_ENV_FILE");
		}
	}

	@Test
	void aDirectoryInPlaceOfItsSecretIsBlamedOnTheDataDirectory(@TempDir Path folder, CapturedOutput output)
			throws Exception {
		Files.createDirectories(folder.resolve("visitor-secret"));
		assertNamed("runnel.data-dir names a directory whose file visitor-secret cannot be read or created: ", output,
				MAIN_ONLY, "runnel.data-dir=" + folder);
	}

	@Test
	void aSecretThatWasCutOffIsBlamedOnTheDataDirectory(@TempDir Path folder, CapturedOutput output) throws Exception {
		Files.write(folder.resolve("visitor-secret"), new byte[3]);
		assertNamed("runnel.data-dir names a directory whose file visitor-secret holds fewer than 32 bytes: delete ",
				output, MAIN_ONLY, "runnel.data-dir=" + folder);
	}

	@Test
	void aFileInPlaceOfTheDataDirectoryIsNamed(@TempDir Path folder, CapturedOutput output) throws Exception {
		Path file = Files.writeString(folder.resolve("data"), "x");
		assertNamed("runnel.data-dir names a file, not a directory: " + file, output, "runnel.data-dir=" + file);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aDataDirectoryInWhichNothingCanBeMadeIsNamed(CapturedOutput output) {
		// No user can create a file here, not even root.
		assertNamed("runnel.data-dir names a directory in which no file can be created: ", output,
				"runnel.data-dir=/proc/self");
		assertThat(output).doesNotContain("damaged");
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void aNewDataDirectoryIsForItsOwnerOnlyAndAWiderOneIsTold(@TempDir Path folder, CapturedOutput output)
			throws Exception {
		Path data = folder.resolve("new/data");
		start("runnel.data-dir=" + data).close();
		assertThat(Files.getPosixFilePermissions(data)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
		assertThat(output).doesNotContain("Other users of this machine");
		Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
		start("runnel.data-dir=" + data).close();
		assertThat(output)
			.contains("Other users of this machine can read the data directory (rwxr-xr-x): chmod 700 " + data);
	}

	@Test
	void aDataDirectoryInUseIsNamedAndLeftAlone(@TempDir Path folder, CapturedOutput output) throws Exception {
		start("runnel.data-dir=" + folder).close();
		try (FileChannel database = FileChannel.open(folder.resolve("runnel.mv.db"), StandardOpenOption.WRITE)) {
			assertThat(database.tryLock()).isNotNull();
			assertNamed("runnel.data-dir names a directory whose database cannot be opened (is another server"
					+ " using it?): ", output, "runnel.data-dir=" + folder);
		}
		try (ConfigurableApplicationContext running = start("runnel.data-dir=" + folder)) {
			assertThat(running.isRunning()).isTrue();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "postgres://ann:pass-word@127.0.0.1/db | must be an address such as ",
			"r2dbc:mysql://ann:pass-word@127.0.0.1/db | must be an address such as ",
			"r2dbc:postgresql://ann:pass-word@127.0.0.1 | must be an address such as ",
			"r2dbc:postgresql://ann:pass-word@127.0.0.1:port/db | names a database that cannot be used: ",
			"r2dbc:postgresql://ann:pass-word@127.0.0.1:1/db | names a database that cannot be used: ",
			"r2dbc:postgresql://ann:pass-word@no-such-host.invalid/db | names a database that cannot be used: " })
	void aDatabaseThatCannotBeUsedIsNamedWithoutThePassword(String url, String reason, CapturedOutput output) {
		assertNamed("runnel.database-url " + reason, output, "runnel.database-url=" + url);
		assertThat(output).doesNotContain("pass-word");
	}

	private static void assertNamed(String line, CapturedOutput output, String... settings) {
		assertThatThrownBy(() -> start(settings)).isInstanceOf(Exception.class);
		assertThat(output.getErr().lines().filter((said) -> said.startsWith("Runnel cannot start: "))).singleElement()
			.asString()
			.startsWith("Runnel cannot start: " + line);
		assertThat(output).doesNotContain("APPLICATION FAILED TO START").doesNotContain("\tat ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x.env", "settings", "prod.properties", "a.yml" })
	void aDotEnvFileOfAnyNameIsReadLikeTheEnvironment(String name, @TempDir Path folder) throws Exception {
		Path file = Files.writeString(folder.resolve(name),
				"export RUNNEL_STREAM_GRACE='7s' # a note\nRUNNEL_OPENROUTER_TITLE = \"From file\"\n");
		System.setProperty("RUNNEL_ENV_FILE", file.toString());
		try (ConfigurableApplicationContext running = start()) {
			assertThat(running.getEnvironment().getProperty("runnel.stream.grace")).isEqualTo("7s");
			assertThat(running.getEnvironment().getProperty("runnel.openrouter.title")).isEqualTo("From file");
		}
		finally {
			System.clearProperty("RUNNEL_ENV_FILE");
		}
	}

}
