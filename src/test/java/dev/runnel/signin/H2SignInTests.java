package dev.runnel.signin;

/**
 * Signing in, with the embedded database.
 */
class H2SignInTests extends SignInContract {

	@Override
	String databaseUrl() {
		return "";
	}

}
