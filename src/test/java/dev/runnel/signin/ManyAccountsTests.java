package dev.runnel.signin;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import dev.runnel.accounts.Links;
import dev.runnel.conversation.store.Database;
import dev.runnel.page.RunningRunnel;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The accounts of a company. Each page for admins is as short as with a few.
 */
@Timeout(120)
class ManyAccountsTests {

	private static final int ACCOUNTS = 10_000;

	private static final int MAX_CHARS = 250_000;

	@Test
	void tenThousandAccountsComeInShortPages() {
		try (RunningRunnel runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.sign-in.mode=accounts")) {
			Browsing admin = new Browsing(runnel.url(""));
			String link = Objects.requireNonNull(runnel.context().getBean(Links.class).setup().block()).value();
			admin.join("/setup", link, "Ada");
			fill(runnel.context().getBean(Database.class));
			admin.signIn("Ada");
			Set<String> names = new HashSet<>();
			String path = "/admin";
			while (!path.isEmpty()) {
				String body = admin.get(path).body();
				assertThat(body).hasSizeLessThan(MAX_CHARS);
				Document page = Jsoup.parse(body);
				page.select(".rows li > span > span:first-child").forEach((name) -> names.add(name.text()));
				path = page.select("#more").attr("href");
			}
			assertThat(names).hasSize(ACCOUNTS + 1);
		}
	}

	private static void fill(Database database) {
		Long rows = database
			.inTransaction((client) -> client.sql("insert into account (id, name, login, role, disabled, created_at)"
					+ " select random_uuid(), 'many-' || x, 'many-' || x, 'USER', false, current_timestamp"
					+ " from system_range(1, " + ACCOUNTS + ")")
				.fetch()
				.rowsUpdated())
			.block();
		assertThat(rows).isEqualTo(ACCOUNTS);
	}

}
