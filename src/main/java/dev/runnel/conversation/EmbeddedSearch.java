package dev.runnel.conversation;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;

import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Searches what the embedded database keeps, with an index beside it. The index learns of
 * changes a moment later, from the notes that the changes themselves leave in the
 * database; a note goes when what it says is safely in the index.
 */
final class EmbeddedSearch implements SearchIndex, AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(EmbeddedSearch.class);

	/** How long a change waits for company. */
	private static final Duration MOMENT = Duration.ofMillis(100);

	/** How often what the index knows is made to outlive a crash. */
	private static final Duration COMMIT = Duration.ofSeconds(5);

	private static final Duration RETRY = Duration.ofSeconds(10);

	private static final int MAX_TASKS = 200;

	/** Of so many found conversations the times are looked up one by one. */
	private static final int FEW = 500;

	private final Database database;

	private final LuceneIndex index;

	private final Scheduler scheduler = Schedulers.newBoundedElastic(2, Integer.MAX_VALUE, "search");

	private final Sinks.Many<Boolean> changes = Sinks.many().multicast().directBestEffort();

	private final Disposable indexing;

	/** The last note that the index has taken in. */
	private volatile long taken;

	/** The last note that the index keeps for good. */
	private volatile long committed;

	private volatile long committedAt = System.nanoTime();

	EmbeddedSearch(Database database, LuceneIndex index) {
		this.database = database;
		this.index = index;
		Mono<Void> begin = index.isFresh() ? noteEverything() : Mono.empty();
		this.indexing = begin.thenMany(takeIn()).subscribe((done) -> {
		}, (ex) -> log.error("Searching finds nothing new from here on", ex));
	}

	private Mono<Void> noteEverything() {
		return this.database.once(
				(client) -> client.sql("insert into search_task (conversation_id) select id from conversation").then())
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, RETRY));
	}

	/** A change while others are taken in leads to one more look. */
	private Flux<Void> takeIn() {
		return Flux.merge(Flux.just(true), Flux.interval(COMMIT), this.changes.asFlux())
			.onBackpressureLatest()
			.concatMap((change) -> Mono.delay(MOMENT)
				.then(Mono.defer(this::takeInAll))
				.then(Mono.defer(this::commitNowAndThen))
				.onErrorResume(this::recover), 0);
	}

	/** What the index lost is noted still. */
	private Mono<Void> recover(Throwable ex) {
		log.warn("The search index could not take in what is new: {}", ex.toString());
		if (ex instanceof ProblemException) {
			return Mono.empty();
		}
		this.taken = 0;
		this.committed = 0;
		return blocking(() -> {
			this.index.goBack();
			return true;
		}).then().onErrorResume((again) -> {
			log.warn("The search index cannot be used: {}", again.toString());
			return Mono.delay(RETRY).then();
		});
	}

	private Mono<Void> takeInAll() {
		return takeInSome().repeat(() -> true).takeUntil((some) -> some < MAX_TASKS).then(blocking(() -> {
			this.index.refresh();
			return true;
		})).then();
	}

	private Mono<Integer> takeInSome() {
		return this.database.read((client) -> client
			.sql("select id, conversation_id, message_id from search_task where id > :after order by id limit "
					+ MAX_TASKS)
			.bind("after", this.taken)
			.map((row) -> new Task(row.get("id", Long.class), MessageRows.uuid(row, "conversation_id"),
					row.get("message_id", UUID.class)))
			.all()).collectList().flatMap((tasks) -> takeIn(tasks).thenReturn(tasks.size()));
	}

	private Mono<Void> takeIn(List<Task> tasks) {
		if (tasks.isEmpty()) {
			return Mono.empty();
		}
		Set<UUID> whole = new LinkedHashSet<>();
		Set<UUID> answers = new LinkedHashSet<>();
		for (Task task : tasks) {
			if (task.message() == null) {
				whole.add(task.conversation());
			}
			else {
				answers.add(task.message());
			}
		}
		Long last = tasks.get(tasks.size() - 1).id();
		return Flux.fromIterable(whole)
			.concatMap(this::takeInWhole)
			.then(takeInAnswers(answers))
			.then(Mono.fromRunnable(() -> this.taken = (last != null) ? last : this.taken));
	}

	private Mono<Void> takeInWhole(UUID conversation) {
		Mono<Boolean> remove = blocking(() -> {
			this.index.remove(conversation);
			return true;
		});
		Flux<Boolean> title = this.database
			.read((client) -> client.sql("select id, owner, title from conversation where id = :id")
				.bind("id", conversation)
				.map((row) -> new String[] { MessageRows.text(row, "owner"), MessageRows.text(row, "title") })
				.all())
			.concatMap((row) -> blocking(() -> {
				this.index.putTitle(row[0], conversation, row[1]);
				return true;
			}));
		return remove.thenMany(title).thenMany(takeInMessages("m.conversation_id = :id", conversation)).then();
	}

	private Mono<Void> takeInAnswers(Set<UUID> answers) {
		return Flux.fromIterable(answers)
			.concatMap((answer) -> takeInMessages(
					"m.id = :id or m.id = (select a.parent_id from message a where a.id = :id)", answer))
			.then();
	}

	/** What is being written is taken in at its end. */
	private Mono<Void> takeInMessages(String which, UUID id) {
		return this.database
			.read((client) -> client
				.sql("select m.id, m.conversation_id, m.owner, m.position, m.content, c.title from message m"
						+ " join conversation c on c.id = m.conversation_id where (" + which
						+ ") and (m.state is null or m.state <> 'STREAMING')")
				.bind("id", id)
				.map(Text::of)
				.all())
			.collectList()
			.flatMap((texts) -> blocking(() -> {
				for (Text text : texts) {
					this.index.put(text.owner(), text.conversation(), text.message(), text.position(), text.content());
					if (text.position() == 0) {
						this.index.putTitle(text.owner(), text.conversation(), text.title());
					}
				}
				return true;
			}))
			.then();
	}

	private Mono<Void> commitNowAndThen() {
		if (this.taken == this.committed || System.nanoTime() - this.committedAt < COMMIT.toNanos()) {
			return Mono.empty();
		}
		return blocking(() -> {
			this.index.commit();
			return this.taken;
		}).flatMap((upTo) -> {
			this.committed = upTo;
			this.committedAt = System.nanoTime();
			return forget(upTo);
		});
	}

	private Mono<Void> forget(long upTo) {
		return this.database
			.once((client) -> client.sql("delete from search_task where id <= :upTo").bind("upTo", upTo).then());
	}

	private <T> Mono<T> blocking(Callable<T> work) {
		return Mono.fromCallable(work).subscribeOn(this.scheduler).publishOn(Schedulers.parallel());
	}

	@Override
	public void changed() {
		this.changes.emitNext(true, Sinks.EmitFailureHandler.busyLooping(MOMENT));
	}

	@Override
	public Mono<List<Found>> find(Visitor visitor, List<String> words, @Nullable Cursor after, int limit) {
		return blocking(() -> this.index.find(visitor.id(), words))
			.flatMap((hits) -> newest(visitor, hits, after, limit)
				.flatMap((heads) -> texts(heads, hits).map((texts) -> found(heads, hits, texts))));
	}

	/** The conversations among those found that are next by the time of their update. */
	private Mono<List<ConversationHead>> newest(Visitor visitor, Map<UUID, LuceneIndex.Hit> hits,
			@Nullable Cursor after, int limit) {
		if (hits.isEmpty()) {
			return Mono.just(List.of());
		}
		return (hits.size() <= FEW) ? amongFew(visitor, hits, after, limit) : amongMany(visitor, hits, after, limit);
	}

	private Mono<List<ConversationHead>> amongFew(Visitor visitor, Map<UUID, LuceneIndex.Hit> hits,
			@Nullable Cursor after, int limit) {
		return this.database
			.read((client) -> Cursor
				.bind(after,
						client.sql("select " + MessageRows.HEAD + " from conversation where id = any(:ids)"
								+ " and owner = :owner" + Cursor.condition(after)
								+ " order by updated_at desc, id desc limit :limit"))
				.bind("ids", hits.keySet().toArray(UUID[]::new))
				.bind("owner", visitor.id())
				.bind("limit", limit)
				.map(MessageRows::head)
				.all())
			.collectList();
	}

	/** Where much is found, the newest ones are not far. */
	private Mono<List<ConversationHead>> amongMany(Visitor visitor, Map<UUID, LuceneIndex.Hit> hits,
			@Nullable Cursor after, int limit) {
		return Pages.<ConversationHead>read(FEW, (last) -> page(visitor, (last != null) ? Cursor.of(last) : after))
			.concatMapIterable((page) -> page, 1)
			.filter((head) -> hits.containsKey(head.id().value()))
			.take(limit)
			.collectList();
	}

	private Mono<List<ConversationHead>> page(Visitor visitor, @Nullable Cursor after) {
		return this.database.read((client) -> Cursor
			.bind(after,
					client.sql("select " + MessageRows.HEAD + " from conversation where owner = :owner"
							+ Cursor.condition(after) + Cursor.ORDER + " limit " + FEW))
			.bind("owner", visitor.id())
			.map(MessageRows::head)
			.all()).collectList();
	}

	private Mono<Map<UUID, String>> texts(List<ConversationHead> heads, Map<UUID, LuceneIndex.Hit> hits) {
		List<UUID> messages = new ArrayList<>();
		for (ConversationHead head : heads) {
			LuceneIndex.Hit hit = hits.get(head.id().value());
			if (hit != null && hit.message() != null) {
				messages.add(hit.message());
			}
		}
		if (messages.isEmpty()) {
			return Mono.just(Map.of());
		}
		return this.database
			.read((client) -> client.sql("select id, content from message where id = any(:ids)")
				.bind("ids", messages.toArray(UUID[]::new))
				.map((row) -> Map.entry(MessageRows.uuid(row, "id"), MessageRows.text(row, "content")))
				.all())
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	private static List<Found> found(List<ConversationHead> heads, Map<UUID, LuceneIndex.Hit> hits,
			Map<UUID, String> texts) {
		return heads.stream().map((head) -> {
			LuceneIndex.Hit hit = hits.get(head.id().value());
			UUID message = (hit != null) ? hit.message() : null;
			String text = (message != null) ? texts.get(message) : null;
			return (message != null && text != null) ? new Found(head, new MessageId(message), text)
					: new Found(head, null, head.title());
		}).toList();
	}

	@Override
	public void close() throws IOException {
		this.indexing.dispose();
		this.scheduler.dispose();
		this.index.close();
	}

	private record Task(@Nullable Long id, UUID conversation, @Nullable UUID message) {
	}

	private record Text(String owner, UUID conversation, UUID message, int position, String content, String title) {

		static Text of(Readable row) {
			return new Text(MessageRows.text(row, "owner"), MessageRows.uuid(row, "conversation_id"),
					MessageRows.uuid(row, "id"), MessageRows.number(row, "position"), MessageRows.text(row, "content"),
					MessageRows.text(row, "title"));
		}

	}

}
