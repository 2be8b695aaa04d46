package dev.runnel.conversation.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.TimeUuid;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Deletes conversations that have not been used for the configured retention time. The
 * time of an import is in the id of the conversation, so an imported conversation is kept
 * as long as a new one.
 */
final class Retention {

	private static final int PAGE = 200;

	/** Comes before all ids. */
	private static final UUID FIRST = new UUID(0, 0);

	private final Database database;

	private final StoredConversations conversations;

	private final Duration age;

	private final Clock clock;

	Retention(Database database, StoredConversations conversations, Duration age, Clock clock) {
		this.database = database;
		this.conversations = conversations;
		this.age = age;
		this.clock = clock;
	}

	/**
	 * Deletes all conversations that are too old now. It looks at all that began before,
	 * page by page, because an index for it would be written with each question.
	 * @return the number of deleted conversations
	 */
	Mono<Long> deleteOld() {
		Instant limit = this.clock.instant().minus(this.age);
		return Pages.<Found>read(PAGE, (last) -> page(last, limit))
			.concatMapIterable(Function.identity())
			.filter(Found::unused)
			.concatMap((found) -> delete(found, limit))
			.count();
	}

	private Mono<List<Found>> page(@Nullable Found last, Instant limit) {
		return this.database.read((client) -> client
			.sql("select id, owner, updated_at < :limit and not pinned as unused from conversation"
					+ " where id > :after and id < :newest order by id limit " + PAGE)
			.bind("limit", Rows.stored(limit))
			.bind("after", (last != null) ? last.conversation().value() : FIRST)
			.bind("newest", TimeUuid.least(limit))
			.map((row) -> new Found(new Visitor(Rows.text(row, "owner")), new ConversationId(Rows.uuid(row, "id")),
					Boolean.TRUE.equals(row.get("unused", Boolean.class))))
			.all()).collectList();
	}

	/**
	 * Deletes one conversation. It is skipped if another server has deleted it, or if its
	 * owner has used or pinned it meanwhile.
	 */
	private Mono<Found> delete(Found found, Instant limit) {
		return this.conversations.deleteUnused(found.owner(), found.conversation(), limit)
			.thenReturn(found)
			.onErrorResume(ProblemException::isNotFound, (ex) -> Mono.empty());
	}

	private record Found(Visitor owner, ConversationId conversation, boolean unused) {
	}

}
