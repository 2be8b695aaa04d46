package dev.runnel.conversation.store;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.runnel.conversation.Turn;
import dev.runnel.upstream.Attachment;
import dev.runnel.web.ProblemException;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Adds pictures to answers that are being written.
 *
 * @param database the database
 * @param server the id of this server
 */
record PictureWrites(Database database, UUID server) {

	/** Locks the answer, unless it was deleted or another server writes it. */
	private static final String LOCK = "select attachments from message where id = :id and exists"
			+ " (select 1 from running_answer r where r.message_id = :id and r.server_id = :server) for update";

	/**
	 * Adds a picture to its answer.
	 * @param turn the turn of the answer
	 * @param picture the stored picture
	 * @return completes when it is added; a problem if this server does not write the
	 * answer
	 */
	Mono<Void> add(Turn turn, Attachment picture) {
		return this.database.inTransaction((client) -> earlier(client, turn).flatMap((earlier) -> AttachmentLinks
			.add(client, turn.visitor(), turn.conversation(), turn.answerId(), List.of(picture))
			.then(write(client, turn, Stream.concat(earlier.stream(), Stream.of(picture)).toList()))));
	}

	private Mono<List<Attachment>> earlier(DatabaseClient client, Turn turn) {
		return client.sql(LOCK)
			.bind("id", turn.answerId().value())
			.bind("server", this.server)
			.map((row) -> AttachmentList.read(row.get("attachments", String.class)))
			.one()
			.switchIfEmpty(Mono.error(() -> ProblemException.notFound("message")));
	}

	private static Mono<Void> write(DatabaseClient client, Turn turn, List<Attachment> pictures) {
		return client.sql("update message set attachments = :attachments where id = :id")
			.bind("attachments", Rows.nullable(String.class, AttachmentList.write(pictures)))
			.bind("id", turn.answerId().value())
			.then();
	}

}
