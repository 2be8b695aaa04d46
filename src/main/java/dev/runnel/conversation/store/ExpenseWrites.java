package dev.runnel.conversation.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneOffset;

import dev.runnel.conversation.Expense;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The statement that writes an expense. A transaction whose commit was not confirmed is
 * run again, so an expense that is stored already is not added again.
 */
final class ExpenseWrites {

	private static final String COLUMNS = " (id, owner, model, spent_on, spent_at, prompt_tokens, completion_tokens,"
			+ " cost, basis)";

	private static final String VALUES = " values (:id, :owner, :model, :day, :at, :prompt, :completion, :cost, :basis)";

	private static final int COST_SCALE = 12;

	private static final BigDecimal MAX_COST = BigDecimal.valueOf(1_000_000_000L);

	private static final int MAX_NAME = 400;

	private final String insert;

	ExpenseWrites(boolean postgres) {
		this.insert = postgres ? "insert into expense" + COLUMNS + VALUES + " on conflict (id) do nothing"
				: "merge into expense" + COLUMNS + " key (id)" + VALUES;
	}

	Mono<Void> write(DatabaseClient client, Expense expense) {
		String model = expense.model();
		return client.sql(this.insert)
			.bind("id", expense.id())
			.bind("owner", expense.owner().id())
			.bind("model", ConversationText.storable(model.substring(0, Math.min(model.length(), MAX_NAME))))
			.bind("day", expense.at().atOffset(ZoneOffset.UTC).toLocalDate())
			.bind("at", Rows.stored(expense.at()))
			.bind("prompt", expense.promptTokens())
			.bind("completion", expense.completionTokens())
			.bind("cost", expense.cost().min(MAX_COST).setScale(COST_SCALE, RoundingMode.HALF_UP))
			.bind("basis", expense.basis().name())
			.then();
	}

}
