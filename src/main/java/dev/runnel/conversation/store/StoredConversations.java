package dev.runnel.conversation.store;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import dev.runnel.conversation.ConversationChange;
import dev.runnel.conversation.ConversationDeleted;
import dev.runnel.conversation.ConversationFilter;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationLength;
import dev.runnel.conversation.ConversationPage;
import dev.runnel.conversation.Conversations;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.SearchPage;
import dev.runnel.conversation.TimeUuid;
import dev.runnel.conversation.Title;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * The conversations in a database.
 */
final class StoredConversations implements Conversations {

	/** The number of rows in one page. */
	private static final int PAGE = 200;

	/**
	 * The imported bytes after which the database is flushed. The embedded database holds
	 * them in memory until then.
	 */
	private static final long FLUSH_BYTES = 1024 * 1024;

	private static final String DELETE = "delete from conversation where id = :id and owner = :owner";

	private static final String LACKS_TITLE = "select m.id from conversation c"
			+ " join message m on m.conversation_id = c.id and m.id = :answer"
			+ " where c.id = :id and c.owner = :owner and not c.titled_by_hand and not exists (select 1 from message e"
			+ " where e.conversation_id = c.id and e.position < m.position and e.source <> 'MOCK'"
			+ " and e.state in ('STREAMING', 'COMPLETE'))";

	private final Database database;

	private final MessagePages messages;

	private final ConversationLengths lengths;

	private final SearchHits hits;

	private final AnswerWriteBehind writer;

	private final ConversationCounts counts;

	private final StorageQuota quota;

	private final Visits visits;

	private final SearchIndex index;

	private final StoreSettings settings;

	private final ApplicationEventPublisher events;

	private final AtomicLong unflushed = new AtomicLong();

	StoredConversations(Database database, AnswerWriteBehind writer, ConversationCounts counts, StorageQuota quota,
			Visits visits, SearchIndex index, StoreSettings settings, ApplicationEventPublisher events) {
		this.database = database;
		this.messages = new MessagePages(database);
		this.lengths = new ConversationLengths(database);
		this.hits = new SearchHits(database);
		this.writer = writer;
		this.counts = counts;
		this.quota = quota;
		this.visits = visits;
		this.index = index;
		this.settings = settings;
		this.events = events;
	}

	@Override
	public Mono<ConversationPage> list(Visitor visitor, ConversationFilter filter, @Nullable String cursor, int limit) {
		return Mono.defer(() -> {
			this.visits.seen(visitor);
			return page(visitor, filter, Cursor.parse(cursor), limit);
		});
	}

	private Mono<ConversationPage> page(Visitor visitor, ConversationFilter filter, @Nullable Cursor after, int limit) {
		String pinned = switch (filter) {
			case ALL -> "";
			case PINNED -> " and pinned = true";
			case UNPINNED -> " and pinned = false";
		};
		String order = pinned.isEmpty() ? Cursor.ORDER : Cursor.ORDER_APART;
		return this.database
			.read((client) -> Cursor
				.bind(after,
						client.sql("select " + Rows.HEAD + " from conversation where owner = :owner" + pinned
								+ Cursor.condition(after) + order + " limit :limit"))
				.bind("owner", visitor.id())
				.bind("limit", limit + 1)
				.map(Rows::head)
				.all())
			.collectList()
			.map((heads) -> new ConversationPage(List.copyOf(heads.subList(0, Math.min(limit, heads.size()))),
					(heads.size() > limit) ? Cursor.of(heads.get(limit - 1)).toString() : null));
	}

	@Override
	public Mono<SearchPage> search(Visitor visitor, String query, @Nullable String cursor, int limit) {
		return Mono.defer(() -> {
			this.visits.seen(visitor);
			SearchQuery asked = SearchQuery.of(query);
			Cursor after = Cursor.parse(cursor);
			return asked.words().isEmpty() ? Mono.just(new SearchPage(List.of(), null))
					: this.index.find(visitor, asked.words(), after, limit + 1)
						.flatMap((found) -> this.hits.page(found, asked, limit));
		});
	}

	@Override
	public Mono<ConversationHead> head(Visitor visitor, ConversationId id) {
		return this.database.read((client) -> head(client, visitor, id, "")).next().switchIfEmpty(unknown());
	}

	private static Flux<ConversationHead> head(DatabaseClient client, Visitor visitor, ConversationId id,
			String forUpdate) {
		return client.sql("select " + Rows.HEAD + " from conversation where id = :id and owner = :owner" + forUpdate)
			.bind("id", id.value())
			.bind("owner", visitor.id())
			.map(Rows::head)
			.all();
	}

	private static <T> Mono<T> unknown() {
		return Mono.error(() -> ProblemException.notFound("conversation"));
	}

	@Override
	public Mono<ConversationLength> length(Visitor visitor, ConversationId id) {
		return this.lengths.of(visitor, id);
	}

	@Override
	public Mono<ConversationLength> length(Visitor visitor) {
		return this.lengths.of(visitor);
	}

	@Override
	public Flux<Message> messages(Visitor visitor, ConversationId id) {
		this.visits.seen(visitor);
		return this.writer.awaitWrites(id).then(head(visitor, id)).thenMany(this.messages.read(id));
	}

	@Override
	public Mono<ConversationHead> change(Visitor visitor, ConversationId id, ConversationChange change) {
		return Mono.defer(() -> {
			this.visits.seen(visitor);
			String title = (change.title() != null) ? ConversationText.typedTitle(change.title()) : null;
			long bytes = (change.settings() != null) ? StoredSize.ofSettings(change.settings()) : 0;
			return this.quota.take(visitor, bytes)
				.then(this.database.inTransaction((client) -> head(client, visitor, id, " for update").next()
					.switchIfEmpty(unknown())
					.flatMap((head) -> NewestMessage.below(client, id, change.current())
						.map((leaf) -> changed(head, change, title, leaf))
						.switchIfEmpty(Mono.fromSupplier(() -> changed(head, change, title, head.current())))
						.flatMap((changed) -> update(client, head, changed).thenReturn(changed)))))
				.delayUntil((changed) -> this.database.flush())
				.doOnSuccess((changed) -> this.index.changed());
		});
	}

	private static ConversationHead changed(ConversationHead head, ConversationChange change, @Nullable String title,
			@Nullable MessageId current) {
		return new ConversationHead(head.id(), Objects.requireNonNullElse(title, head.title()),
				title != null || head.titledByHand(), Objects.requireNonNullElse(change.pinned(), head.pinned()),
				head.createdAt(), head.updatedAt(), current,
				Objects.requireNonNullElse(change.settings(), head.settings()), head.origin());
	}

	private static long grownBy(ConversationHead before, ConversationHead head) {
		return StoredSize.ofSettings(head.settings()) - StoredSize.ofSettings(before.settings());
	}

	private Mono<Void> update(DatabaseClient client, ConversationHead before, ConversationHead head) {
		Mono<Void> update = client
			.sql("update conversation set title = :title, titled_by_hand = :byHand, pinned = :pinned,"
					+ " current_id = :current, settings = :settings, bytes = bytes + :bytes where id = :id")
			.bind("bytes", grownBy(before, head))
			.bind("title", head.title())
			.bind("byHand", head.titledByHand())
			.bind("pinned", head.pinned())
			.bind("current", Rows.nullable(UUID.class, (head.current() != null) ? head.current().value() : null))
			.bind("settings", Rows.nullable(String.class, StoredSettings.write(head.settings())))
			.bind("id", head.id().value())
			.then();
		return before.title().equals(head.title()) ? update
				: update.then(SearchTasks.addTitle(this.database, client, head.id()));
	}

	@Override
	public Mono<Boolean> lacksTitle(Visitor visitor, ConversationId id, MessageId answer) {
		return this.database
			.read((client) -> client.sql(LACKS_TITLE)
				.bind("id", id.value())
				.bind("owner", visitor.id())
				.bind("answer", answer.value())
				.map((row) -> true)
				.all())
			.next()
			.defaultIfEmpty(false);
	}

	@Override
	public Mono<Boolean> suggestTitle(Visitor visitor, ConversationId id, String title) {
		return this.database
			.inTransaction((client) -> client
				.sql("update conversation set title = :title where id = :id and owner = :owner and not titled_by_hand")
				.bind("title", Title.ofQuestion(title))
				.bind("id", id.value())
				.bind("owner", visitor.id())
				.fetch()
				.rowsUpdated()
				.flatMap((rows) -> (rows == 0) ? Mono.just(false)
						: SearchTasks.addTitle(this.database, client, id).thenReturn(true)))
			.doOnSuccess((done) -> this.index.changed());
	}

	@Override
	public Mono<Void> delete(Visitor visitor, ConversationId id) {
		return Mono.defer(() -> {
			this.visits.seen(visitor);
			return delete(visitor, id, (client) -> client.sql(DELETE));
		});
	}

	/**
	 * Deletes a conversation unless it is new, or was used or pinned meanwhile.
	 * @param visitor the owner
	 * @param id the id of the conversation
	 * @param limit the conversation must have been stored, and unused, since this time
	 * @return completes when the conversation is deleted; a problem if there is no such
	 * conversation
	 */
	Mono<Void> deleteUnused(Visitor visitor, ConversationId id, Instant limit) {
		return delete(visitor, id,
				(client) -> client.sql(DELETE + " and updated_at < :limit and id < :newest and not pinned")
					.bind("limit", Rows.stored(limit))
					.bind("newest", TimeUuid.least(limit)));
	}

	/**
	 * Deletes a conversation unless its owner came back meanwhile.
	 * @param visitor the owner
	 * @param id the id of the conversation
	 * @param limit the owner must have been absent since this time
	 * @return completes when the conversation is deleted; a problem if there is no such
	 * conversation
	 */
	Mono<Void> deleteAbandoned(Visitor visitor, ConversationId id, Instant limit) {
		return delete(visitor, id, (client) -> client.sql(DELETE + " and exists (" + Visits.ABSENT + ")")
			.bind("limit", Rows.stored(limit)));
	}

	private Mono<Void> delete(Visitor visitor, ConversationId id, Function<DatabaseClient, GenericExecuteSpec> delete) {
		return this.database
			.inTransaction((client) -> AttachmentLinks.of(client, id)
				.flatMap((files) -> delete.apply(client)
					.bind("id", id.value())
					.bind("owner", visitor.id())
					.fetch()
					.rowsUpdated()
					.flatMap((rows) -> (rows == 0) ? StoredConversations.<Boolean>unknown()
							: AttachmentLinks.deleteUnused(client, files)
								.then(SearchTasks.add(this.database, client, id, null))
								.thenReturn(true))))
			.delayUntil((deleted) -> this.database.flush())
			.doOnNext((deleted) -> {
				this.counts.removed(visitor);
				this.quota.removed();
				this.index.changed();
				this.events.publishEvent(new ConversationDeleted(visitor, id));
			})
			.then();
	}

	@Override
	public Flux<ConversationHead> all(Visitor visitor) {
		return Pages
			.<ConversationHead>read(PAGE,
					(last) -> this.database.read((client) -> client
						.sql("select " + Rows.HEAD + " from conversation where owner = :owner and id > :after"
								+ " order by id limit " + PAGE)
						.bind("owner", visitor.id())
						.bind("after", (last != null) ? last.id().value() : new UUID(0, 0))
						.map(Rows::head)
						.all()).collectList())
			.concatMapIterable(Function.identity(), 1);
	}

	@Override
	public Mono<ConversationHead> imported(Visitor visitor, String origin) {
		return byOrigin(visitor, origin)
			.switchIfEmpty(Mono.justOrEmpty(ConversationHead.ownId(origin)).flatMap((id) -> byId(visitor, id)));
	}

	private Mono<ConversationHead> byId(Visitor visitor, ConversationId id) {
		return head(visitor, id).onErrorResume(ProblemException::isNotFound, (none) -> Mono.empty());
	}

	private Mono<ConversationHead> byOrigin(Visitor visitor, String origin) {
		return this.database
			.read((client) -> client
				.sql("select " + Rows.HEAD + " from conversation where owner = :owner and origin = :origin")
				.bind("owner", visitor.id())
				.bind("origin", origin)
				.map(Rows::head)
				.all())
			.next();
	}

	@Override
	public Mono<ConversationId> add(Visitor visitor, ImportedConversation conversation) {
		return Mono.defer(() -> {
			this.visits.seen(visitor);
			ImportWriter copy = new ImportWriter(visitor, conversation, this.settings.maxMessages());
			long size = StoredSize.of(conversation);
			return this.quota.take(visitor, size)
				.then(this.counts.adding(visitor,
						this.database.inTransaction((client) -> copy.insert(client)
							.then(SearchTasks.add(this.database, client, copy.id(), null))
							.thenReturn(copy.id()))))
				.delayUntil((id) -> flushSome(size));
		})
			.onErrorResume(DataIntegrityViolationException.class, (ex) -> addedElsewhere(visitor, conversation, ex))
			.doOnSuccess((id) -> this.index.changed());
	}

	/**
	 * Finds the conversation that another server has just imported from the same origin.
	 */
	private Mono<ConversationId> addedElsewhere(Visitor visitor, ImportedConversation conversation, Throwable ex) {
		return Mono.justOrEmpty(conversation.origin())
			.flatMap((origin) -> imported(visitor, origin))
			.map(ConversationHead::id)
			.switchIfEmpty(Mono.error(ex));
	}

	private Mono<Void> flushSome(long size) {
		boolean enough = this.unflushed.accumulateAndGet(size,
				(before, more) -> (before >= FLUSH_BYTES) ? more : before + more) >= FLUSH_BYTES;
		return enough ? this.database.flush() : Mono.empty();
	}

	@Override
	public Mono<Void> flush() {
		return this.database.flush();
	}

}
