package dev.runnel.conversation.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.runnel.conversation.ConversationId;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Deletes conversations that have not been used for the configured retention time. The
 * time of an import is in the id of the conversation, so an imported conversation is kept
 * as long as a new one.
 */
final class Retention {

	private static final int PAGE = 100;

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
	 * Deletes all conversations that are too old now.
	 * @return the number of deleted conversations
	 */
	Mono<Long> deleteOld() {
		Instant limit = this.clock.instant().minus(this.age);
		return deletePage(limit).repeat()
			.takeUntil((page) -> page.found() < PAGE)
			.map(Page::deleted)
			.reduce(0L, Long::sum);
	}

	private Mono<Page> deletePage(Instant limit) {
		return this.database
			.read((client) -> client
				.sql("select id, owner from conversation where updated_at < :limit and id < :newest and not pinned"
						+ " order by updated_at limit " + PAGE)
				.bind("limit", Rows.stored(limit))
				.bind("newest", TimeUuid.least(limit))
				.map((row) -> new Old(new Visitor(Rows.text(row, "owner")), new ConversationId(Rows.uuid(row, "id"))))
				.all())
			.collectList()
			.flatMap((page) -> Flux.fromIterable(page)
				.concatMap((old) -> delete(old, limit))
				.count()
				.map((deleted) -> new Page(page.size(), deleted)));
	}

	/**
	 * Deletes one conversation. It is skipped if another server has deleted it, or if its
	 * owner has used or pinned it meanwhile.
	 */
	private Mono<Old> delete(Old old, Instant limit) {
		return this.conversations.deleteUnused(old.owner(), old.conversation(), limit)
			.thenReturn(old)
			.onErrorResume(ProblemException::isNotFound, (ex) -> Mono.empty());
	}

	private record Page(int found, long deleted) {
	}

	private record Old(Visitor owner, ConversationId conversation) {
	}

}
