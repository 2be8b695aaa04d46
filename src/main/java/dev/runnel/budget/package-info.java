/**
 * What the calls of models cost, and how much may be spent: by a visitor, by a role and
 * by the whole server, in a day and in a month. Also {@code GET /api/usage}.
 * <p>
 * Start at {@link dev.runnel.budget.Budgets} for a question, and at
 * {@link dev.runnel.budget.Purse} for the sums. This package uses {@code conversation}
 * for the ledger, {@code upstream} for prices and {@code web}.
 */
@NullMarked
package dev.runnel.budget;

import org.jspecify.annotations.NullMarked;
