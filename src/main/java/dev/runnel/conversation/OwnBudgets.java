package dev.runnel.conversation;

import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

/**
 * The budgets that an admin has given to single visitors.
 */
public interface OwnBudgets {

	/**
	 * Reads the budget of a visitor.
	 * @param owner the visitor
	 * @return the budget; {@link OwnBudget#NONE} if there is none
	 */
	Mono<OwnBudget> of(Visitor owner);

	/**
	 * Gives a visitor a budget, in place of an earlier one.
	 * @param owner the visitor
	 * @param budget the budget
	 * @return completes when it is stored and {@link BudgetGiven} is published
	 */
	Mono<Void> give(Visitor owner, OwnBudget budget);

}
