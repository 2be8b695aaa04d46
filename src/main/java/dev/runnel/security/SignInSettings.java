package dev.runnel.security;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whether people have to sign in.
 *
 * @param mode whose conversations a browser sees: none for its own, owner for one library
 * that everybody who reaches the server shares, accounts for those of the person who
 * signs in
 */
@ConfigurationProperties("runnel.sign-in")
record SignInSettings(@Nullable SignInMode mode) {

	/**
	 * Returns the mode.
	 * @return the configured one; {@link SignInMode#NONE} if there is none
	 */
	SignInMode chosen() {
		return Objects.requireNonNullElse(this.mode, SignInMode.NONE);
	}

}
