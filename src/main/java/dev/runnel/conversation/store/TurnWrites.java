package dev.runnel.conversation.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.MessageId;
import dev.runnel.upstream.Origin;
import io.r2dbc.spi.Connection;
import reactor.core.publisher.Mono;

/**
 * The statements that write the beginning of a turn. The row of the conversation is
 * written once, with its growth.
 */
final class TurnWrites {

	private static final NamedStatement OPEN = new NamedStatement(
			"insert into conversation (id, owner, title, titled_by_hand, pinned, created_at,"
					+ " updated_at, current_id, next_position, bytes) values (:id, :owner, :title, false, false, :now,"
					+ " :now, :current, :next, :bytes)");

	private static final NamedStatement MOVE_ON = new NamedStatement(
			"update conversation set current_id = :current, next_position = :next,"
					+ " bytes = bytes + :bytes, updated_at = greatest(updated_at, :now) where id = :id");

	private static final NamedStatement ANSWER = new NamedStatement(AnswerRow.INSERT_BEGUN);

	private static final NamedStatement QUESTION_AND_ANSWER = new NamedStatement(AnswerRow.INSERT_BEGUN_WITH_QUESTION);

	private static final NamedStatement RESUME = new NamedStatement(
			"update message set state = 'STREAMING', source = :source,"
					+ " model = :model, provider = :provider, fallback = :fallback where id = :id");

	private static final String RUN = "insert into running_answer (message_id, conversation_id, server_id)"
			+ " values (:id, :conversation, :server)";

	/**
	 * Registers this server together with its running answer. Otherwise another server
	 * would treat the answer as lost before the first heartbeat of this server.
	 */
	private static final String ANNOUNCE = "with announced as (insert into server (id, alive_at) values (:server, now())"
			+ " on conflict (id) do nothing) ";

	private final NamedStatement run;

	private final UUID server;

	/**
	 * Creates the statements of a server.
	 * @param postgres whether several servers may share the database
	 * @param server the id of the server
	 */
	TurnWrites(boolean postgres, UUID server) {
		this.run = new NamedStatement(postgres ? ANNOUNCE + RUN : RUN);
		this.server = server;
	}

	/** Inserts a conversation with the size of its first messages. */
	Mono<Void> open(Connection connection, QuestionPlace place, String title, Growth growth, Instant now) {
		Map<String, Object> parameters = growth.parameters(place.conversation(), StoredSize.CONVERSATION, now);
		parameters.put("owner", place.visitor().id());
		parameters.put("title", title);
		return OPEN.run(connection, parameters);
	}

	/** Updates a conversation that grows. */
	Mono<Void> moveOn(Connection connection, ConversationId conversation, Growth growth, Instant now) {
		return MOVE_ON.run(connection, growth.parameters(conversation, 0, now));
	}

	/** Inserts an empty answer, and its question if that is new. */
	Mono<Void> messages(Connection connection, QuestionPlace place, AskedQuestion asked, MessageId answer,
			Origin origin, Instant now) {
		Map<String, Object> parameters = Rows.place(place.conversation().value(), place.visitor().id(), answer,
				asked.id(), Growth.position(place, asked), place.depth() + 1, now);
		AnswerRow.put(parameters, origin);
		if (!place.isNew(asked)) {
			return ANSWER.run(connection, parameters);
		}
		MessageId parent = asked.parent();
		parameters.put("asked_parent", Rows.nullable(UUID.class, (parent != null) ? parent.value() : null));
		parameters.put("asked_position", place.position());
		parameters.put("asked_depth", place.depth());
		parameters.put("question", asked.text());
		parameters.put("asked_attachments", Rows.nullable(String.class, AttachmentList.write(asked.attachments())));
		return QUESTION_AND_ANSWER.run(connection, parameters);
	}

	/** Lets a stored answer go on, with the origin of its further text. */
	Mono<Void> resume(Connection connection, MessageId answer, Origin origin) {
		Map<String, Object> parameters = new HashMap<>();
		parameters.put("id", answer.value());
		AnswerRow.put(parameters, origin);
		return RESUME.run(connection, parameters);
	}

	/** Inserts the row that assigns a running answer to this server. */
	Mono<Void> run(Connection connection, ConversationId conversation, MessageId answer) {
		return this.run.run(connection,
				Map.of("id", answer.value(), "conversation", conversation.value(), "server", this.server));
	}

	/**
	 * The growth of a conversation by a turn.
	 *
	 * @param current the new end of the shown branch
	 * @param next the position of the next message
	 * @param bytes the growth, in bytes
	 */
	record Growth(MessageId current, int next, long bytes) {

		/** The growth by an empty answer, and by its question if that is new. */
		static Growth of(QuestionPlace place, AskedQuestion asked, MessageId answer) {
			long question = place.isNew(asked) ? StoredSize.MESSAGE + StoredSize.ofText(asked.text()) : 0;
			return new Growth(answer, position(place, asked) + 1, question + StoredSize.MESSAGE);
		}

		/** The position of the answer to a question. */
		static int position(QuestionPlace place, AskedQuestion asked) {
			return place.isNew(asked) ? place.position() + 1 : place.position();
		}

		/**
		 * The parameters of the statement that writes the growth.
		 * @param before the size of the conversation before, if the statement does not
		 * add to it
		 */
		Map<String, Object> parameters(ConversationId conversation, long before, Instant now) {
			Map<String, Object> parameters = new HashMap<>();
			parameters.put("id", conversation.value());
			parameters.put("now", Rows.stored(now));
			parameters.put("current", this.current.value());
			parameters.put("next", this.next);
			parameters.put("bytes", before + this.bytes);
			return parameters;
		}

	}

}
