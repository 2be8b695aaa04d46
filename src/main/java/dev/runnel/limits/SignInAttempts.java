package dev.runnel.limits;

import reactor.core.publisher.Mono;

/**
 * Limits the attempts to sign in to one account, from all addresses together.
 */
public interface SignInAttempts {

	/**
	 * Counts an attempt, before the password is checked.
	 * @param name the name in the form in which names are compared
	 * @return completes when it is counted; an error of
	 * {@link dev.runnel.web.ProblemException} ({@code rate_limited}) if there were too
	 * many
	 */
	Mono<Void> count(String name);

}
