package dev.runnel.conversation.store;

import java.time.Instant;
import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.MessageId;
import dev.runnel.upstream.Origin;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * The statements that write the beginning of a turn. The row of the conversation is
 * written once, with its growth.
 */
final class TurnWrites {

	private static final String OPEN = "insert into conversation (id, owner, title, titled_by_hand, pinned, created_at,"
			+ " updated_at, current_id, next_position, bytes) values (:id, :owner, :title, false, false, :now, :now,"
			+ " :current, :next, :bytes)";

	private static final String MOVE_ON = "update conversation set current_id = :current, next_position = :next,"
			+ " bytes = bytes + :bytes, updated_at = greatest(updated_at, :now) where id = :id";

	private static final String RUN = "insert into running_answer (message_id, conversation_id, server_id)"
			+ " values (:id, :conversation, :server)";

	/**
	 * Registers this server together with its running answer. Otherwise another server
	 * would treat the answer as lost before the first heartbeat of this server.
	 */
	private static final String ANNOUNCE = "with announced as (insert into server (id, alive_at) values (:server, now())"
			+ " on conflict (id) do nothing) ";

	private final String run;

	private final UUID server;

	/**
	 * Creates the statements of a server.
	 * @param postgres whether several servers may share the database
	 * @param server the id of the server
	 */
	TurnWrites(boolean postgres, UUID server) {
		this.run = postgres ? ANNOUNCE + RUN : RUN;
		this.server = server;
	}

	/** Inserts a conversation with the size of its first messages. */
	Mono<Void> open(DatabaseClient client, QuestionPlace place, String title, Growth growth, Instant now) {
		return growth.bind(client.sql(OPEN), StoredSize.CONVERSATION)
			.bind("id", place.conversation().value())
			.bind("owner", place.visitor().id())
			.bind("title", title)
			.bind("now", Rows.stored(now))
			.then();
	}

	/** Updates a conversation that grows. */
	Mono<Void> moveOn(DatabaseClient client, ConversationId conversation, Growth growth, Instant now) {
		return growth.bind(client.sql(MOVE_ON), 0)
			.bind("id", conversation.value())
			.bind("now", Rows.stored(now))
			.then();
	}

	/** Inserts an empty answer, and its question if that is new. */
	Mono<Void> messages(DatabaseClient client, QuestionPlace place, AskedQuestion asked, MessageId answer,
			Origin origin, Instant now) {
		GenericExecuteSpec insert = place.isNew(asked) ? withQuestion(client, place, asked)
				: client.sql(AnswerRow.INSERT);
		GenericExecuteSpec placed = Rows.place(insert, place.conversation().value(), place.visitor().id(), answer,
				asked.id(), Growth.position(place, asked), place.depth() + 1, now);
		Mono<Void> inserted = AnswerRow.bind(placed, Answer.begun(origin)).then();
		return place.isNew(asked) ? inserted
			.then(AttachmentLinks.add(client, place.visitor(), place.conversation(), asked.id(), asked.attachments()))
				: inserted;
	}

	private static GenericExecuteSpec withQuestion(DatabaseClient client, QuestionPlace place, AskedQuestion asked) {
		MessageId parent = asked.parent();
		return client.sql(AnswerRow.INSERT_WITH_QUESTION)
			.bind("asked_parent", Rows.nullable(UUID.class, (parent != null) ? parent.value() : null))
			.bind("asked_position", place.position())
			.bind("asked_depth", place.depth())
			.bind("question", asked.text())
			.bind("asked_attachments", Rows.nullable(String.class, AttachmentList.write(asked.attachments())));
	}

	/** Inserts the row that assigns a running answer to this server. */
	Mono<Void> run(DatabaseClient client, ConversationId conversation, MessageId answer) {
		return client.sql(this.run)
			.bind("id", answer.value())
			.bind("conversation", conversation.value())
			.bind("server", this.server)
			.then();
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

		GenericExecuteSpec bind(GenericExecuteSpec statement, long before) {
			return statement.bind("current", this.current.value())
				.bind("next", this.next)
				.bind("bytes", before + this.bytes);
		}

	}

}
