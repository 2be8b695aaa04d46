package dev.runnel.conversation.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.upstream.Role;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

/**
 * Converts conversations and questions to rows and back. {@link AnswerRow} does so for
 * answers.
 */
final class Rows {

	/** The columns for {@link #message}. */
	static final String COLUMNS = "id, parent_id, position, role, content, created_at, state, reasoning, source, model,"
			+ " provider, finish_reason, prompt_tokens, completion_tokens, reasoning_tokens, cached_tokens, cost,"
			+ " first_token_ms, thinking_ms, total_ms, citations, attachments, fallback";

	/** The columns for {@link #head}. */
	static final String HEAD = "id, title, titled_by_hand, pinned, created_at, updated_at, current_id, settings,"
			+ " origin";

	static final String INSERT_QUESTION = "insert into message (id, conversation_id, owner, parent_id, position, depth,"
			+ " role, content, created_at, attachments) values (:id, :conversation, :owner, :parent, :position, :depth,"
			+ " 'USER', :content, :created, :attachments)";

	private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

	private Rows() {
	}

	static ConversationHead head(Readable row) {
		return new ConversationHead(new ConversationId(uuid(row, "id")), text(row, "title"),
				Boolean.TRUE.equals(row.get("titled_by_hand", Boolean.class)),
				Boolean.TRUE.equals(row.get("pinned", Boolean.class)), time(row, "created_at"), time(row, "updated_at"),
				messageId(row, "current_id"), StoredSettings.read(row.get("settings", String.class)),
				row.get("origin", String.class));
	}

	static Message message(Readable row) {
		Role role = Role.valueOf(text(row, "role"));
		Answer answer = (role == Role.ASSISTANT) ? AnswerRow.read(row) : null;
		return new Message(new MessageId(uuid(row, "id")), messageId(row, "parent_id"), role, text(row, "content"),
				time(row, "created_at"), answer, AttachmentList.read(row.get("attachments", String.class)));
	}

	/**
	 * The parameters that {@link #INSERT_QUESTION} and {@link AnswerRow#INSERT} share. A
	 * statement takes all of its parameters at once, because Spring copies them with each
	 * one that is bound.
	 * @return the parameters by name, to be added to
	 */
	static Map<String, Object> place(UUID conversation, String owner, MessageId id, @Nullable MessageId parent,
			int position, int depth, Instant created) {
		Map<String, Object> parameters = new HashMap<>();
		parameters.put("id", id.value());
		parameters.put("conversation", conversation);
		parameters.put("owner", owner);
		parameters.put("parent", nullable(UUID.class, (parent != null) ? parent.value() : null));
		parameters.put("position", position);
		parameters.put("depth", depth);
		parameters.put("created", stored(created));
		return parameters;
	}

	/**
	 * Wraps a value that may be null. The driver needs the type of a null.
	 */
	static Object nullable(Class<?> type, @Nullable Object value) {
		return (value != null) ? Parameters.in(value) : Parameters.in(type);
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
