package dev.runnel.signin;

import dev.runnel.conversation.store.Postgres;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Signing in, with PostgreSQL.
 */
class PostgresSignInTests extends SignInContract {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	@Override
	String databaseUrl() {
		return postgres.newDatabase();
	}

}
