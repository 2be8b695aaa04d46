package dev.runnel.budget;

import dev.runnel.web.Caller;
import reactor.core.publisher.Mono;

/**
 * The money that may be spent on questions.
 */
public interface Budgets {

	/**
	 * Opens the budgets that apply to a question.
	 * @param caller the sender of the question
	 * @return the money for it, whether or not any is left; a problem with the status 503
	 * if the ledger cannot be read
	 */
	Mono<Spending> open(Caller caller);

}
