package dev.runnel.limits;

import dev.runnel.web.Caller;

/**
 * Lets questions in, as many as may be asked, and as many tokens be spent as may.
 */
public interface Admission {

	/**
	 * Lets one question in, that is well-formed.
	 * @param caller who asks
	 * @param estimate how many tokens the model may take for it
	 * @return the allowance, to be closed at the end of the answer
	 * @throws dev.runnel.web.ProblemException {@code rate_limited}, if it may not be
	 * asked now
	 */
	Allowance enter(Caller caller, long estimate);

}
