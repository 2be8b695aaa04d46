package dev.runnel.conversation.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Deletes the conversations and presets of visitors who have been absent for the
 * configured time.
 */
final class AbsentVisitors {

	private static final int PAGE = 100;

	private final Database database;

	private final StoredConversations conversations;

	private final Compaction compaction;

	private final Duration age;

	private final Clock clock;

	AbsentVisitors(Database database, StoredConversations conversations, Compaction compaction, Duration age,
			Clock clock) {
		this.database = database;
		this.conversations = conversations;
		this.compaction = compaction;
		this.age = age;
		this.clock = clock;
	}

	/**
	 * Deletes the conversations and presets of all visitors who are absent for too long
	 * now.
	 * @return the number of deleted conversations
	 */
	Mono<Long> delete() {
		Instant limit = this.clock.instant().minus(this.age);
		return noteUnknown().thenMany(deletePage(limit).repeat().takeUntil((page) -> page.visitors() < PAGE))
			.map(Page::conversations)
			.reduce(0L, Long::sum);
	}

	/**
	 * Records a visit now for every owner without a recorded visit. Visits are recorded
	 * only while the setting is present. A visit may be recorded at the same moment, so
	 * the embedded database repeats a merge that meets a new row.
	 */
	private Mono<Void> noteUnknown() {
		boolean postgres = this.database.isPostgres();
		return this.database.inTransaction((client) -> client
			.sql((postgres ? "insert into visitor (id, seen_at)" : "merge into visitor (id, seen_at) key (id)")
					+ " select o.owner, cast(:now as timestamp(3) with time zone) from"
					+ " (select owner from conversation union select owner from preset) o"
					+ " where not exists (select 1 from visitor v where v.id = o.owner)"
					+ (postgres ? " on conflict (id) do nothing" : ""))
			.bind("now", Rows.stored(this.clock.instant()))
			.then());
	}

	private Mono<Page> deletePage(Instant limit) {
		return this.database
			.read((client) -> client.sql("select id from visitor where seen_at < :limit order by seen_at limit " + PAGE)
				.bind("limit", Rows.stored(limit))
				.map((row) -> new Visitor(Rows.text(row, "id")))
				.all())
			.collectList()
			.flatMap((page) -> Flux.fromIterable(page)
				.concatMap((visitor) -> delete(visitor, limit))
				.reduce(0L, Long::sum)
				.map((deleted) -> new Page(page.size(), deleted)));
	}

	private Mono<Long> delete(Visitor visitor, Instant limit) {
		return this.conversations.all(visitor)
			.concatMap((head) -> this.conversations.deleteAbandoned(visitor, head.id(), limit)
				.thenReturn(head)
				.onErrorResume(ProblemException::isNotFound, (ex) -> Mono.empty()))
			.count()
			.delayUntil((count) -> forget(visitor, limit))
			.doOnNext((count) -> this.compaction.textDeleted());
	}

	/** Deletes the presets and the recorded visit, unless the visitor came back. */
	private Mono<Void> forget(Visitor visitor, Instant limit) {
		return this.database.inTransaction(
				(client) -> client.sql("delete from preset where owner = :owner and exists (" + Visits.ABSENT + ")")
					.bind("owner", visitor.id())
					.bind("limit", Rows.stored(limit))
					.then()
					.then(client.sql("delete from visitor where id = :owner and seen_at < :limit")
						.bind("owner", visitor.id())
						.bind("limit", Rows.stored(limit))
						.then()));
	}

	private record Page(int visitors, long conversations) {
	}

}
