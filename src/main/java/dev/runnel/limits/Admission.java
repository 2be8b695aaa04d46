package dev.runnel.limits;

import dev.runnel.web.Caller;
import reactor.core.publisher.Mono;

/**
 * Admits questions within the limits for questions and tokens.
 */
public interface Admission {

	/**
	 * Admits one well-formed question.
	 * @param caller the sender of the question
	 * @param estimate how many tokens the model may need
	 * @return the allowance; close it at the end of the answer. An error of
	 * {@link dev.runnel.web.ProblemException} ({@code rate_limited}) if a limit is
	 * exceeded
	 */
	Mono<Allowance> enter(Caller caller, long estimate);

}
