package dev.runnel.signin;

import dev.runnel.accounts.Role;
import dev.runnel.conversation.store.Postgres;
import dev.runnel.page.RunningRunnel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signing in, with PostgreSQL.
 */
@Tag("one-jdk")
class PostgresSignInTests extends SignInContract {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private String database = "";

	@Override
	String databaseUrl() {
		this.database = postgres.newDatabase();
		return this.database;
	}

	@Test
	void aPersonWhomOneServerLocksOutIsOutOnTheOthers() throws Exception {
		try (RunningRunnel other = RunningRunnel.start("--runnel.data-dir=mem",
				"--runnel.database-url=" + this.database, "--runnel.openrouter.api-key=",
				"--runnel.sign-in.mode=accounts", "--runnel.mock.slow-pace=3s")) {
			String name = person(Role.USER);
			Browsing there = new Browsing(other.url("")).signIn(name);
			Read stream = begin(there);
			assertThat(change(browser().signIn(ADMIN), name, "disable")).isEqualTo(303);
			assertThat(there.api("GET", "/api/conversations", "").statusCode()).isEqualTo(401);
			assertThat(stream.end()).doesNotContain("event: complete").endsWith("closed");
		}
	}

}
