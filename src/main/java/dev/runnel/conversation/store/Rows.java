package dev.runnel.conversation.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Origin;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.Usage;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Converts messages and conversations to rows and back.
 */
final class Rows {

	/** The columns for {@link #message}. */
	static final String COLUMNS = "id, parent_id, position, role, content, created_at, state, reasoning, source, model,"
			+ " provider, finish_reason, prompt_tokens, completion_tokens, reasoning_tokens, cached_tokens, cost,"
			+ " first_token_ms, thinking_ms, total_ms";

	/** The columns for {@link #head}. */
	static final String HEAD = "id, title, titled_by_hand, pinned, created_at, updated_at, current_id, settings";

	static final String INSERT_QUESTION = "insert into message (id, conversation_id, owner, parent_id, position, depth,"
			+ " role, content, created_at) values (:id, :conversation, :owner, :parent, :position, :depth, 'USER',"
			+ " :content, :created)";

	static final String INSERT_ANSWER = "insert into message (id, conversation_id, owner, parent_id, position, depth,"
			+ " role, content, created_at, state, reasoning, source, model, provider, finish_reason, prompt_tokens,"
			+ " completion_tokens, reasoning_tokens, cached_tokens, cost, first_token_ms, thinking_ms, total_ms) values (:id,"
			+ " :conversation, :owner, :parent, :position, :depth, 'ASSISTANT', :content, :created, :state,"
			+ " :reasoning, :source, :model, :provider, :finish, :prompt, :completion, :thought, :cached, :cost,"
			+ " :first, :thinking, :total)";

	/** The number of decimal places of a cost: one more than the price of a token has. */
	private static final int COST_SCALE = 12;

	private static final BigDecimal COST_LIMIT = BigDecimal.TEN.pow(COST_SCALE);

	private static final Usage NO_USAGE = new Usage(null, null, null, null, null);

	private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

	private static final int MAX_NAME = 400;

	private Rows() {
	}

	static ConversationHead head(Readable row) {
		return new ConversationHead(new ConversationId(uuid(row, "id")), text(row, "title"),
				Boolean.TRUE.equals(row.get("titled_by_hand", Boolean.class)),
				Boolean.TRUE.equals(row.get("pinned", Boolean.class)), time(row, "created_at"), time(row, "updated_at"),
				messageId(row, "current_id"), StoredSettings.read(row.get("settings", String.class)));
	}

	static Message message(Readable row) {
		Role role = Role.valueOf(text(row, "role"));
		Answer answer = (role == Role.ASSISTANT) ? answer(row) : null;
		return new Message(new MessageId(uuid(row, "id")), messageId(row, "parent_id"), role, text(row, "content"),
				time(row, "created_at"), answer);
	}

	static Answer answer(Readable row) {
		String finish = row.get("finish_reason", String.class);
		return new Answer(AnswerState.valueOf(text(row, "state")), text(row, "content"), text(row, "reasoning"),
				Source.valueOf(text(row, "source")), row.get("model", String.class), row.get("provider", String.class),
				(finish != null) ? FinishReason.valueOf(finish) : null, usage(row), millis(row, "first_token_ms"),
				millis(row, "thinking_ms"), millis(row, "total_ms"));
	}

	private static @Nullable Usage usage(Readable row) {
		BigDecimal cost = row.get("cost", BigDecimal.class);
		Usage usage = new Usage(row.get("prompt_tokens", Long.class), row.get("completion_tokens", Long.class),
				row.get("reasoning_tokens", Long.class), row.get("cached_tokens", Long.class),
				(cost != null) ? plain(cost) : null);
		return usage.equals(NO_USAGE) ? null : usage;
	}

	/** Removes trailing zeros from a cost, and avoids scientific notation. */
	private static BigDecimal plain(BigDecimal cost) {
		BigDecimal stripped = cost.stripTrailingZeros();
		return (stripped.scale() < 0) ? stripped.setScale(0) : stripped;
	}

	/**
	 * Binds the parameters that {@link #INSERT_QUESTION} and {@link #INSERT_ANSWER}
	 * share.
	 */
	static GenericExecuteSpec place(GenericExecuteSpec insert, UUID conversation, String owner, MessageId id,
			@Nullable MessageId parent, int position, int depth, Instant created) {
		return insert.bind("id", id.value())
			.bind("conversation", conversation)
			.bind("owner", owner)
			.bind("parent", nullable(UUID.class, (parent != null) ? parent.value() : null))
			.bind("position", position)
			.bind("depth", depth)
			.bind("created", stored(created));
	}

	/**
	 * Binds the parameters of an answer.
	 */
	static GenericExecuteSpec answer(GenericExecuteSpec statement, Answer answer) {
		Usage usage = Objects.requireNonNullElse(answer.usage(), NO_USAGE);
		FinishReason finish = answer.finishReason();
		return origin(statement, answer.source(), answer.model(), answer.provider())
			.bind("content", ConversationText.storable(answer.content()))
			.bind("reasoning", ConversationText.storable(answer.reasoning()))
			.bind("state", answer.state().name())
			.bind("finish", nullable(String.class, (finish != null) ? finish.name() : null))
			.bind("prompt", number(usage.promptTokens()))
			.bind("completion", number(usage.completionTokens()))
			.bind("thought", number(usage.reasoningTokens()))
			.bind("cached", number(usage.cachedTokens()))
			.bind("cost", nullable(BigDecimal.class, cost(usage.cost())))
			.bind("first", number(millis(answer.firstToken())))
			.bind("thinking", number(millis(answer.thinking())))
			.bind("total", number(millis(answer.total())));
	}

	/**
	 * Binds the origin of an answer.
	 */
	static GenericExecuteSpec origin(GenericExecuteSpec statement, Origin origin) {
		return origin(statement, origin.source(), origin.model(), origin.provider());
	}

	private static GenericExecuteSpec origin(GenericExecuteSpec statement, Source source, @Nullable String model,
			@Nullable String provider) {
		return statement.bind("source", source.name())
			.bind("model", nullable(String.class, name(model)))
			.bind("provider", nullable(String.class, name(provider)));
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
		return nullable(Long.class, number);
	}

	/**
	 * Wraps a value that may be null. The driver needs the type of a null.
	 */
	static Object nullable(Class<?> type, @Nullable Object value) {
		return (value != null) ? Parameters.in(value) : Parameters.in(type);
	}

	private static @Nullable Long millis(@Nullable Duration duration) {
		return (duration != null) ? duration.toMillis() : null;
	}

	private static @Nullable Duration millis(Readable row, String column) {
		Long millis = row.get(column, Long.class);
		return (millis != null) ? Duration.ofMillis(millis) : null;
	}

	/**
	 * Converts a time to its stored form: to the millisecond, from 1970 to 9999.
	 */
	static OffsetDateTime stored(Instant time) {
		Instant bounded = time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time.isAfter(LATEST) ? LATEST : time;
		return Instant.ofEpochMilli(bounded.toEpochMilli()).atOffset(ZoneOffset.UTC);
	}

	static Instant time(Readable row, String column) {
		OffsetDateTime time = row.get(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : Instant.EPOCH;
	}

	static @Nullable MessageId messageId(Readable row, String column) {
		UUID id = row.get(column, UUID.class);
		return (id != null) ? new MessageId(id) : null;
	}

	static UUID uuid(Readable row, String column) {
		UUID id = row.get(column, UUID.class);
		if (id == null) {
			throw new IllegalStateException("no " + column.toLowerCase(Locale.ROOT) + " in a row");
		}
		return id;
	}

	static String text(Readable row, String column) {
		String text = row.get(column, String.class);
		return (text != null) ? text : "";
	}

	static long size(Readable row, String column) {
		Long size = row.get(column, Long.class);
		return (size != null) ? size : 0;
	}

	static int number(Readable row, String column) {
		Integer number = row.get(column, Integer.class);
		return (number != null) ? number : 0;
	}

}
