package dev.runnel.limits;

/**
 * Limits the attempts to sign in to one account, from all addresses together.
 */
public interface SignInAttempts {

	/**
	 * Counts an attempt, before the password is checked.
	 * @param name the name in the form in which names are compared
	 * @throws dev.runnel.web.ProblemException {@code rate_limited}, if there were too
	 * many
	 */
	void count(String name);

}
