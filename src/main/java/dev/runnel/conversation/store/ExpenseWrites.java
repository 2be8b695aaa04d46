package dev.runnel.conversation.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneOffset;
import java.util.Map;

import dev.runnel.conversation.Expense;
import io.r2dbc.spi.Connection;
import reactor.core.publisher.Mono;

/**
 * The statement that writes an expense. A transaction whose commit was not confirmed is
 * run again, so an expense that is stored already is not added again.
 */
final class ExpenseWrites {

	private static final String COLUMNS = "expense (id, owner, model, spent_on, spent_at, prompt_tokens,"
			+ " completion_tokens, cost, basis)";

	private static final String VALUES = " values (:id, :owner, :model, :day, :at, :prompt, :completion, :cost, :basis)";

	private static final int COST_SCALE = 12;

	private static final BigDecimal MAX_COST = BigDecimal.valueOf(1_000_000_000L);

	private static final int MAX_NAME = 400;

	private static final NamedStatement POSTGRES = new NamedStatement(
			"insert into " + COLUMNS + VALUES + " on conflict (id) do nothing");

	private static final NamedStatement EMBEDDED = new NamedStatement("merge into " + COLUMNS + " key (id)" + VALUES);

	private final NamedStatement insert;

	ExpenseWrites(boolean postgres) {
		this.insert = postgres ? POSTGRES : EMBEDDED;
	}

	/**
	 * Writes an expense.
	 * @param connection the connection of the transaction
	 * @param expense the expense
	 * @return completes when it is written
	 */
	Mono<Void> write(Connection connection, Expense expense) {
		String model = expense.model();
		return this.insert.run(connection,
				Map.of("id", expense.id(), "owner", expense.owner().id(), "model",
						ConversationText.storable(model.substring(0, Math.min(model.length(), MAX_NAME))), "day",
						expense.at().atOffset(ZoneOffset.UTC).toLocalDate(), "at", Rows.stored(expense.at()), "prompt",
						expense.promptTokens(), "completion", expense.completionTokens(), "cost",
						expense.cost().min(MAX_COST).setScale(COST_SCALE, RoundingMode.HALF_UP), "basis",
						expense.basis().name()));
	}

}
