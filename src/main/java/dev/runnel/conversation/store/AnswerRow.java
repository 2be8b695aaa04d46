package dev.runnel.conversation.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Model;
import dev.runnel.upstream.Origin;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.upstream.Usage;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

/**
 * Converts answers to rows and back.
 */
final class AnswerRow {

	private static final String COLUMNS = "insert into message (id, conversation_id, owner, parent_id, position, depth,"
			+ " role, content, created_at, state, reasoning, source, model, provider, finish_reason, prompt_tokens,"
			+ " completion_tokens, reasoning_tokens, cached_tokens, cost, first_token_ms, thinking_ms, total_ms,"
			+ " citations, attachments, fallback) values ";

	private static final String VALUES = "(:id, :conversation, :owner, :parent, :position, :depth, 'ASSISTANT',"
			+ " :content, :created, :state, :reasoning, :source, :model, :provider, :finish, :prompt, :completion,"
			+ " :thought, :cached, :cost, :first, :thinking, :total, :citations, :attachments, :fallback)";

	private static final String BEGUN = "(:id, :conversation, :owner, :parent, :position, :depth, 'ASSISTANT', '',"
			+ " :created, 'STREAMING', '', :source, :model, :provider, null, null, null, null, null, null, null, null,"
			+ " null, null, null, null)";

	static final String INSERT = COLUMNS + VALUES;

	/**
	 * Inserts an answer without text. A value that is the same for each of them is no
	 * parameter, because each parameter costs.
	 */
	static final String INSERT_BEGUN = COLUMNS + BEGUN;

	/**
	 * Inserts an answer without text after its question, which is its parent. One
	 * statement costs less than two.
	 */
	static final String INSERT_BEGUN_WITH_QUESTION = COLUMNS + "(:parent, :conversation, :owner, :asked_parent,"
			+ " :asked_position, :asked_depth, 'USER', :question, :created, null, null, null, null, null, null, null,"
			+ " null, null, null, null, null, null, null, null, :asked_attachments, null), " + BEGUN;

	/** The number of decimal places of a cost: one more than the price of a token has. */
	private static final int COST_SCALE = 12;

	private static final BigDecimal COST_LIMIT = BigDecimal.TEN.pow(COST_SCALE);

	private static final Usage NO_USAGE = new Usage(null, null, null, null, null);

	private static final int MAX_NAME = 400;

	private AnswerRow() {
	}

	/**
	 * Reads an answer.
	 * @param row a row with the {@link Rows#COLUMNS}
	 * @return the answer
	 */
	static Answer read(Readable row) {
		String finish = row.get("finish_reason", String.class);
		return new Answer(AnswerState.valueOf(Rows.text(row, "state")), Rows.text(row, "content"),
				Rows.text(row, "reasoning"), Source.valueOf(Rows.text(row, "source")),
				Model.line(row.get("model", String.class)), Model.line(row.get("provider", String.class)),
				(finish != null) ? FinishReason.valueOf(finish) : null, usage(row), millis(row, "first_token_ms"),
				millis(row, "thinking_ms"), millis(row, "total_ms"),
				StoredCitations.read(row.get("citations", String.class)), fallback(row));
	}

	private static UpstreamFailure.@Nullable Kind fallback(Readable row) {
		String kind = row.get("fallback", String.class);
		return (kind != null) ? UpstreamFailure.Kind.valueOf(kind) : null;
	}

	private static @Nullable Usage usage(Readable row) {
		BigDecimal cost = row.get("cost", BigDecimal.class);
		Usage usage = new Usage(row.get("prompt_tokens", Long.class), row.get("completion_tokens", Long.class),
				row.get("reasoning_tokens", Long.class), row.get("cached_tokens", Long.class),
				(cost != null) ? plain(cost) : null);
		return usage.equals(NO_USAGE) ? null : usage;
	}

	/** Removes trailing zeros from a cost, and avoids scientific notation. */
	static BigDecimal plain(BigDecimal cost) {
		BigDecimal stripped = cost.stripTrailingZeros();
		return (stripped.scale() < 0) ? stripped.setScale(0) : stripped;
	}

	/**
	 * Adds the parameters of an answer.
	 * @param parameters the parameters of a statement by name
	 * @param answer the answer
	 */
	static void put(Map<String, Object> parameters, Answer answer) {
		Usage usage = Objects.requireNonNullElse(answer.usage(), NO_USAGE);
		FinishReason finish = answer.finishReason();
		put(parameters, answer.source(), answer.model(), answer.provider(), answer.fallback());
		parameters.put("content", ConversationText.storable(answer.content()));
		parameters.put("reasoning", ConversationText.storable(answer.reasoning()));
		parameters.put("state", answer.state().name());
		parameters.put("finish", Rows.nullable(String.class, (finish != null) ? finish.name() : null));
		parameters.put("prompt", number(usage.promptTokens()));
		parameters.put("completion", number(usage.completionTokens()));
		parameters.put("thought", number(usage.reasoningTokens()));
		parameters.put("cached", number(usage.cachedTokens()));
		parameters.put("cost", Rows.nullable(BigDecimal.class, cost(usage.cost())));
		parameters.put("first", number(answer.firstTokenMillis()));
		parameters.put("thinking", number(answer.thinkingMillis()));
		parameters.put("total", number(answer.totalMillis()));
		parameters.put("citations", Rows.nullable(String.class, StoredCitations.write(answer.citations())));
	}

	/**
	 * Adds the parameters of the origin of an answer.
	 * @param parameters the parameters of a statement by name
	 * @param origin the origin
	 */
	static void put(Map<String, Object> parameters, Origin origin) {
		put(parameters, origin.source(), origin.model(), origin.provider(), origin.fallback());
	}

	private static void put(Map<String, Object> parameters, Source source, @Nullable String model,
			@Nullable String provider, UpstreamFailure.@Nullable Kind fallback) {
		parameters.put("source", source.name());
		parameters.put("fallback", Rows.nullable(String.class, (fallback != null) ? fallback.name() : null));
		parameters.put("model", Rows.nullable(String.class, name(model)));
		parameters.put("provider", Rows.nullable(String.class, name(provider)));
	}

	private static @Nullable BigDecimal cost(@Nullable BigDecimal cost) {
		if (cost == null || cost.abs().compareTo(COST_LIMIT) >= 0) {
			return null;
		}
		return cost.setScale(COST_SCALE, RoundingMode.HALF_UP);
	}

	private static @Nullable String name(@Nullable String name) {
		if (name == null) {
			return null;
		}
		return ConversationText.storable(name.substring(0, Math.min(name.length(), MAX_NAME)));
	}

	private static Object number(@Nullable Long number) {
		return Rows.nullable(Long.class, number);
	}

	private static @Nullable Duration millis(Readable row, String column) {
		Long millis = row.get(column, Long.class);
		return (millis != null) ? Duration.ofMillis(millis) : null;
	}

}
