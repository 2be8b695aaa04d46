package dev.runnel.signin;

import org.junit.jupiter.api.Tag;

/**
 * Signing in, with the embedded database.
 */
@Tag("one-jdk")
class H2SignInTests extends SignInContract {

	@Override
	String databaseUrl() {
		return "";
	}

}
