package dev.runnel.conversation.store;

import java.util.List;
import java.util.UUID;

import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.MessageId;
import dev.runnel.upstream.Attachment;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Says which questions have a file, in the transactions that store and delete them. A
 * file stays as long as a question has it.
 */
final class AttachmentLinks {

	/** Locks the files, so that they are not deleted meanwhile. */
	private static final String ASK = "update attachment set asked = true where id = any(:ids) and owner = :owner";

	private static final String LINK = "insert into message_attachment (message_id, attachment_id, conversation_id)"
			+ " select cast(:message as uuid), a.id, cast(:conversation as uuid) from attachment a where a.id = any(:ids)";

	private static final String OF_CONVERSATION = "select distinct attachment_id from message_attachment"
			+ " where conversation_id = :id";

	private static final String DELETE = "delete from attachment where id = any(:ids) and not exists"
			+ " (select 1 from message_attachment m where m.attachment_id = attachment.id)";

	private AttachmentLinks() {
	}

	/**
	 * Adds the files of a new question.
	 * @param client the client of the transaction, which has inserted the question
	 * @param visitor the owner
	 * @param conversation the conversation of the question
	 * @param question the question
	 * @param files its files
	 * @return completes when the files are added; a problem if one was deleted
	 */
	static Mono<Void> add(DatabaseClient client, Visitor visitor, ConversationId conversation, MessageId question,
			List<Attachment> files) {
		if (files.isEmpty()) {
			return Mono.empty();
		}
		UUID[] ids = files.stream().map(Attachment::id).toArray(UUID[]::new);
		Mono<Void> link = client.sql(LINK)
			.bind("message", question.value())
			.bind("conversation", conversation.value())
			.bind("ids", ids)
			.then();
		return client.sql(ASK)
			.bind("ids", ids)
			.bind("owner", visitor.id())
			.fetch()
			.rowsUpdated()
			.filter((rows) -> rows == ids.length)
			.switchIfEmpty(Mono.error(AttachmentLinks::missing))
			.then(link);
	}

	/**
	 * The problem of a question with a file that is not there.
	 * @return a bad request
	 */
	static ProblemException missing() {
		return ProblemException.field("attachments", "must name files of POST /api/files that are still there")
			.because(Reason.FILE_GONE);
	}

	/**
	 * Finds the files of a conversation.
	 * @param client the client of the transaction
	 * @param conversation the conversation
	 * @return the ids of the files
	 */
	static Mono<List<UUID>> of(DatabaseClient client, ConversationId conversation) {
		return client.sql(OF_CONVERSATION)
			.bind("id", conversation.value())
			.map((row) -> Rows.uuid(row, "attachment_id"))
			.all()
			.collectList();
	}

	/**
	 * Deletes those of some files that no question has any more.
	 * @param client the client of the transaction
	 * @param files the ids of the files
	 * @return completes when they are deleted; their content is deleted later
	 */
	static Mono<Void> deleteUnused(DatabaseClient client, List<UUID> files) {
		return files.isEmpty() ? Mono.empty() : client.sql(DELETE).bind("ids", files.toArray(UUID[]::new)).then();
	}

}
