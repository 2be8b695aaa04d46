package dev.runnel.signin;

import java.util.List;

import dev.runnel.accounts.Accounts;
import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.accounts.Verified;
import dev.runnel.limits.SignInAttempts;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/**
 * Signs in by name and password.
 */
@Component
@IfPeopleSignIn
final class PasswordSignIn implements ReactiveAuthenticationManager {

	private static final int MAX_NAME_CHARS = 200;

	private final Accounts accounts;

	private final SignInAttempts attempts;

	PasswordSignIn(Accounts accounts, SignInAttempts attempts) {
		this.accounts = accounts;
		this.attempts = attempts;
	}

	@Override
	public Mono<Authentication> authenticate(Authentication attempt) {
		return Mono.defer(() -> {
			String name = text(attempt.getPrincipal());
			if (name.isEmpty() || name.length() > MAX_NAME_CHARS) {
				return Mono.<Verified>empty();
			}
			return this.attempts.count(Accounts.compared(name))
				.then(Mono.defer(() -> this.accounts.signIn(name, text(attempt.getCredentials()))));
		})
			.<Authentication>map(
					(verified) -> UsernamePasswordAuthenticationToken.authenticated(verified, null, List.of()))
			.switchIfEmpty(Mono.error(() -> new BadCredentialsException("The name or the password is wrong")));
	}

	private static String text(@Nullable Object value) {
		return (value != null) ? value.toString() : "";
	}

}
