package dev.runnel.conversation;

import dev.runnel.web.Visitor;

/**
 * The application event that a visitor has another budget.
 *
 * @param owner the visitor
 */
public record BudgetGiven(Visitor owner) {
}
