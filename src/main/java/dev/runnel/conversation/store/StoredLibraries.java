package dev.runnel.conversation.store;

import dev.runnel.conversation.Conversations;
import dev.runnel.conversation.Libraries;
import dev.runnel.conversation.Presets;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Changes the owner of everything that a visitor has stored, or deletes it.
 */
final class StoredLibraries implements Libraries {

	private final Database database;

	private final StorageQuota quota;

	private final SearchIndex index;

	private final Conversations conversations;

	private final Presets presets;

	StoredLibraries(Database database, StorageQuota quota, SearchIndex index, Conversations conversations,
			Presets presets) {
		this.database = database;
		this.quota = quota;
		this.index = index;
		this.conversations = conversations;
		this.presets = presets;
	}

	@Override
	public Mono<Boolean> hasConversations(Visitor visitor) {
		return this.database
			.read((client) -> client.sql("select id from conversation where owner = :owner limit 1")
				.bind("owner", visitor.id())
				.map((row) -> Rows.uuid(row, "id"))
				.all())
			.hasElements();
	}

	@Override
	public Mono<Void> handOver(Visitor from, Visitor to) {
		return this.database
			.inTransaction((client) -> checkNothingRuns(client, from).then(Mono.defer(() -> move(client, from, to))))
			.then(Mono.defer(this.database::flush))
			.doOnSuccess((done) -> {
				this.quota.removed();
				this.index.changed();
			});
	}

	/**
	 * Locks the conversations first, so that no question can begin in them. A running
	 * answer belongs to a stream of its owner, which would lose it.
	 */
	private static Mono<Void> checkNothingRuns(DatabaseClient client, Visitor from) {
		return client.sql("select id from conversation where owner = :from order by id for update")
			.bind("from", from.id())
			.map((row) -> Rows.uuid(row, "id"))
			.all()
			.then(Mono.defer(() -> countRunning(client, from)))
			.handle((running, sink) -> {
				if (running > 0) {
					sink.error(ProblemException
						.of(HttpStatus.CONFLICT, ErrorCode.INVALID_REQUEST,
								"An answer is still being written. Try again when it is complete.")
						.because(Reason.ANSWER_RUNNING));
				}
			});
	}

	private static Mono<Integer> countRunning(DatabaseClient client, Visitor from) {
		return client
			.sql("select cast(count(*) as integer) as n from running_answer r"
					+ " join conversation c on c.id = r.conversation_id where c.owner = :from")
			.bind("from", from.id())
			.map((row) -> Rows.number(row, "n"))
			.one();
	}

	/** The index finds a text by its owner too, so it has to read every text again. */
	private Mono<Void> move(DatabaseClient client, Visitor from, Visitor to) {
		String unread = this.database.isPostgres() ? ", words = null" : "";
		Mono<Void> tasks = this.database.isPostgres() ? Mono.empty()
				: client
					.sql("insert into search_task (conversation_id) select id from conversation where owner = :from")
					.bind("from", from.id())
					.then();
		return tasks.then(changeOwner(client, "message", unread, from, to))
			.then(forgetSharedOrigins(client, from, to))
			.then(changeOwner(client, "conversation", unread, from, to))
			.then(changeOwner(client, "attachment", "", from, to))
			.then(changeOwner(client, "preset", "", from, to))
			.then(changeOwner(client, "expense", "", from, to));
	}

	/**
	 * An owner has one conversation of each origin. If both have imported the same, a
	 * later import finds the one that is there.
	 */
	private static Mono<Void> forgetSharedOrigins(DatabaseClient client, Visitor from, Visitor to) {
		return client
			.sql("update conversation set origin = null where owner = :from"
					+ " and origin in (select origin from conversation where owner = :to)")
			.bind("from", from.id())
			.bind("to", to.id())
			.then();
	}

	private static Mono<Void> changeOwner(DatabaseClient client, String table, String more, Visitor from, Visitor to) {
		return client.sql("update " + table + " set owner = :to" + more + " where owner = :from")
			.bind("to", to.id())
			.bind("from", from.id())
			.then();
	}

	/**
	 * Deletes one by one, like the owner. Another request may delete some of them
	 * meanwhile.
	 */
	@Override
	public Mono<Void> deleteAll(Visitor visitor) {
		Mono<Void> presets = this.presets.list(visitor)
			.concatMap((preset) -> this.presets.delete(visitor, preset.id())
				.onErrorResume(ProblemException::isNotFound, (ex) -> Mono.empty()))
			.then();
		return this.conversations.all(visitor)
			.concatMap((head) -> this.conversations.delete(visitor, head.id())
				.onErrorResume(ProblemException::isNotFound, (ex) -> Mono.empty()))
			.then(presets)
			.then(Mono.defer(() -> deleteFiles(visitor)));
	}

	/** Those that no conversation has. The regular work deletes their content. */
	private Mono<Void> deleteFiles(Visitor visitor) {
		return this.database
			.inTransaction((client) -> client.sql("delete from attachment where owner = :owner and asked = false")
				.bind("owner", visitor.id())
				.then())
			.doOnSuccess((done) -> this.quota.removed());
	}

}
