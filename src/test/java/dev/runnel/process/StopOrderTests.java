package dev.runnel.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import dev.runnel.conversation.store.Postgres;
import dev.runnel.page.RunningRunnel;
import dev.runnel.stream.redis.RedisServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring stops the users of a component before it, whatever their phase is. So a
 * component in a higher phase than one of its users would stop that user too early.
 */
@Tag("one-jdk")
@Timeout(120)
class StopOrderTests {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static void assertNobodyStopsBeforeItsPhase(String... settings) {
		String[] all = Stream
			.concat(Stream.of(settings),
					Stream.of("--runnel.openrouter.api-key=", "--runnel.sign-in.mode=accounts",
							"--runnel.conversation.retention=300d", "--runnel.conversation.visitor-retention=300d"))
			.toArray(String[]::new);
		try (RunningRunnel runnel = RunningRunnel.start(all)) {
			ConfigurableListableBeanFactory beans = runnel.context().getBeanFactory();
			Map<String, SmartLifecycle> components = beans.getBeansOfType(SmartLifecycle.class, false, false);
			assertThat(components).containsKeys("answerWriteBehind", "storedLedger");
			components.forEach((name, component) -> {
				for (String user : beans.getDependentBeans(name)) {
					if (components.containsKey(user)) {
						assertThat(components.get(user).getPhase()).as("%s uses %s", user, name)
							.isGreaterThanOrEqualTo(component.getPhase());
					}
				}
			});
		}
	}

	@Test
	void withTheEmbeddedDatabase(@TempDir Path folder) {
		assertNobodyStopsBeforeItsPhase("--runnel.data-dir=" + folder);
	}

	@Test
	void withPostgres() {
		assertNobodyStopsBeforeItsPhase("--runnel.data-dir=mem", "--runnel.database-url=" + postgres.newDatabase());
	}

	@Test
	void withRedis() throws IOException {
		try (RedisServer redis = RedisServer.onFreePort()) {
			assertNobodyStopsBeforeItsPhase("--runnel.data-dir=mem", "--runnel.database-url=" + postgres.newDatabase(),
					"--runnel.redis.url=" + redis.url(),
					"--runnel.security.secret=the same secret of all servers, for tests only");
		}
	}

}
