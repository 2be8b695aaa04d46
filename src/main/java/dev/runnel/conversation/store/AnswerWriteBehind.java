package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Turn;
import dev.runnel.memory.MemoryAccount;
import dev.runnel.memory.MemoryReservation;
import dev.runnel.memory.MemoryUse;
import dev.runnel.upstream.Origin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Writes what answers grow by, and their ends. What comes from all of them within a
 * moment is one transaction, so that many answers cost little more than one.
 * <p>
 * While the database cannot be reached, everything waits in memory and is tried again.
 * Beyond a bound no more parts are taken and no answer begins; what an answer's end says
 * as well is then no longer kept twice. What the database refuses is told in the log and
 * dropped.
 */
final class AnswerWriteBehind implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(AnswerWriteBehind.class);

	/** How long an end waits for company. */
	private static final Duration MOMENT = Duration.ofMillis(5);

	/**
	 * How long what an answer grew by waits for company: most of a transaction costs the
	 * same, however many answers are in it.
	 */
	private static final Duration WHILE = Duration.ofMillis(200);

	private static final Duration RETRY = Duration.ofSeconds(1);

	/** How long the end of the process waits for what is not stored yet. */
	private static final Duration LAST_WAIT = Duration.ofSeconds(5);

	/** The most answers in one transaction. */
	private static final int MAX_BATCH = 200;

	/**
	 * No more answers are added to a transaction that has so many characters: while it is
	 * written, the embedded database holds them several times over.
	 */
	private static final int FULL_BATCH_CHARS = 256 * 1024;

	/**
	 * How much heap a character takes until it is stored: once here, and in the embedded
	 * database as a value, in its page and in the buffer that is written to the file.
	 */
	private static final int BYTES_A_CHAR = 4;

	private final Database database;

	private final UUID server;

	private final long maxChars;

	private final MemoryReservation memory;

	private final Runnable changed;

	private final Scheduler scheduler = Schedulers.parallel();

	/** What is not written yet, by answer, in the order in which they came. */
	private final Map<MessageId, PendingWrite> waiting = new LinkedHashMap<>();

	/** The running answers of which a part was refused. */
	private final Set<MessageId> refused = new HashSet<>();

	/** What is being written now. */
	private List<PendingWrite> batch = List.of();

	private boolean active;

	/** Ends the wait for company. */
	private Sinks.Empty<Void> hurry = Sinks.empty();

	private long chars;

	private volatile boolean running;

	AnswerWriteBehind(Database database, UUID server, long maxChars, MemoryAccount account, Runnable changed) {
		this.database = database;
		this.server = server;
		this.maxChars = maxChars;
		this.memory = account.count(MemoryUse.UNSTORED_ANSWERS, 0);
		this.changed = changed;
	}

	/**
	 * Writes what an answer grew by. A part is refused when too much is waiting, and
	 * every later part of that answer with it, so that what is stored has no gap. The end
	 * has all of them.
	 * @param turn the answer's turn
	 * @param part what is new
	 * @return completes when the part is written; an error when it is refused, or not
	 * written yet and tried again
	 */
	Mono<Void> append(Turn turn, AnswerDelta part) {
		return Mono.defer(() -> grow(turn, part));
	}

	private synchronized Mono<Void> grow(Turn turn, AnswerDelta part) {
		long more = part.content().length() + part.reasoning().length();
		if (this.refused.contains(turn.answer()) || this.chars + more > this.maxChars) {
			this.refused.add(turn.answer());
			return Mono.error(() -> new IllegalStateException("too much is waiting for the database"));
		}
		return add(turn, (unwritten) -> unwritten.grow(part));
	}

	/**
	 * Writes the whole of an answer. It is never refused: the text is in memory anyway.
	 * @param turn the answer's turn
	 * @param answer all of it
	 * @return completes when the end is written; an error when it is not written yet and
	 * tried again
	 */
	Mono<Void> end(Turn turn, Answer answer) {
		return Mono.defer(() -> finish(turn, answer));
	}

	private synchronized Mono<Void> finish(Turn turn, Answer answer) {
		this.refused.remove(turn.answer());
		return add(turn, (unwritten) -> unwritten.end(answer));
	}

	/**
	 * Whether so much is waiting for the database that no answer may begin.
	 * @return true if so
	 */
	synchronized boolean isFull() {
		return this.chars >= this.maxChars;
	}

	/**
	 * Waits for what is not written yet of a conversation. That it cannot be written now
	 * is no error here.
	 * @param conversation which
	 * @return completes when nothing of it is waiting, or cannot be written now
	 */
	Mono<Void> settled(ConversationId conversation) {
		return Mono.defer(() -> {
			List<Mono<Void>> writes = new ArrayList<>();
			synchronized (this) {
				this.waiting.values().forEach((unwritten) -> unwritten.join(conversation, writes));
				if (!writes.isEmpty()) {
					this.hurry.tryEmitEmpty();
				}
				this.batch.forEach((unwritten) -> unwritten.join(conversation, writes));
			}
			return writes.isEmpty() ? Mono.<Void>empty() : Mono.when(writes).onErrorComplete();
		});
	}

	private Mono<Void> add(Turn turn, Consumer<PendingWrite> change) {
		PendingWrite unwritten = this.waiting.computeIfAbsent(turn.answer(), (answer) -> new PendingWrite(turn));
		long before = unwritten.chars();
		change.accept(unwritten);
		count(this.chars + unwritten.chars() - before);
		if (!this.active) {
			this.active = true;
			scheduleNext();
		}
		else if (unwritten.isUrgent()) {
			this.hurry.tryEmitEmpty();
		}
		return unwritten.written();
	}

	private void count(long total) {
		this.chars = total;
		this.memory.set(total * BYTES_A_CHAR);
	}

	private void scheduleNext() {
		boolean urgent = this.waiting.values().stream().anyMatch(PendingWrite::isUrgent);
		Mono<Long> moment = Mono.delay(MOMENT, this.scheduler);
		this.hurry = Sinks.empty();
		schedule(urgent ? moment
				: Mono.firstWithSignal(Mono.delay(WHILE, this.scheduler), this.hurry.asMono().then(moment)));
	}

	private void schedule(Mono<Long> delay) {
		delay.then(Mono.defer(this::writeBatch)).subscribe((done) -> {
		}, (ex) -> log.error("Writing answers failed", ex));
	}

	private Mono<Void> writeBatch() {
		List<PendingWrite> taken = take();
		return this.database.unguarded((client) -> write(client, taken))
			.onErrorResume(Database::isFinal, (ex) -> writeEach(taken))
			.then(Mono.defer(() -> flush(taken)))
			.then(Mono.<Void>fromRunnable(() -> succeeded(taken)))
			.onErrorResume((ex) -> Mono.fromRunnable(() -> failed(taken, ex)));
	}

	/**
	 * An answer that has come to its end outlives the process from here on. Where that
	 * fails it is written all the same, and the database hands it over by itself.
	 */
	private Mono<Void> flush(List<PendingWrite> taken) {
		boolean ended = taken.stream().anyMatch((unwritten) -> unwritten.end() != null);
		return ended ? this.database.flush().onErrorComplete() : Mono.empty();
	}

	private synchronized List<PendingWrite> take() {
		List<PendingWrite> taken = new ArrayList<>();
		long length = 0;
		for (PendingWrite next : this.waiting.values()) {
			if (taken.size() == MAX_BATCH || length >= FULL_BATCH_CHARS) {
				break;
			}
			taken.add(next);
			length += next.chars();
		}
		taken.forEach((unwritten) -> this.waiting.remove(unwritten.turn().answer()));
		this.batch = taken;
		return taken;
	}

	/** One of them is refused: finds out which. */
	private Mono<Void> writeEach(List<PendingWrite> taken) {
		return Flux.fromIterable(taken)
			.concatMap((one) -> this.database.unguarded((client) -> write(client, List.of(one))).onErrorResume((ex) -> {
				if (!Database.isFinal(ex)) {
					return Mono.error(ex);
				}
				log.error("Answer {} is refused by the database and lost", one.turn().answer(), ex);
				return Mono.empty();
			}))
			.then();
	}

	private Mono<Void> write(DatabaseClient client, List<PendingWrite> taken) {
		return lock(client, taken).thenMany(Flux.fromIterable(taken).concatMap((unwritten) -> write(client, unwritten)))
			.then();
	}

	/**
	 * Locks the answers that grow, so that none is deleted between the check of its row
	 * and the insert of a part: the embedded database takes no lock for a foreign key.
	 */
	private Mono<Void> lock(DatabaseClient client, List<PendingWrite> taken) {
		UUID[] growing = taken.stream()
			.filter((unwritten) -> unwritten.end() == null)
			.map((unwritten) -> unwritten.turn().answer().value())
			.toArray(UUID[]::new);
		return (growing.length == 0) ? Mono.empty()
				: client.sql("select message_id from running_answer where message_id = any(:ids) for update")
					.bind("ids", growing)
					.fetch()
					.all()
					.then();
	}

	private Mono<Void> write(DatabaseClient client, PendingWrite unwritten) {
		Answer end = unwritten.end();
		return (end != null) ? writeEnd(client, unwritten.turn(), end) : writePart(client, unwritten);
	}

	/**
	 * Only where the answer is still this server's to write: it may be deleted by now.
	 */
	private Mono<Void> writePart(DatabaseClient client, PendingWrite unwritten) {
		AnswerDelta part = unwritten.part();
		Mono<Void> origin = (part.origin() != null) ? writeOrigin(client, unwritten.turn(), part.origin())
				: Mono.empty();
		return part.isEmpty() ? origin : origin.then(writeText(client, unwritten.turn(), part));
	}

	/** In the transaction of the text: no text is stored as another's. */
	private Mono<Void> writeOrigin(DatabaseClient client, Turn turn, Origin origin) {
		return Rows
			.origin(client.sql("update message set source = :source, model = :model, provider = :provider"
					+ " where id = :id and exists (select 1 from running_answer r where r.message_id = :id"
					+ " and r.server_id = :server)"), origin)
			.bind("id", turn.answer().value())
			.bind("server", this.server)
			.then();
	}

	private Mono<Void> writeText(DatabaseClient client, Turn turn, AnswerDelta part) {
		return client
			.sql("insert into answer_part (message_id, number, content, reasoning)"
					+ " select r.message_id, (select count(*) from answer_part p where p.message_id = r.message_id),"
					+ " :content, :reasoning from running_answer r where r.message_id = :id and r.server_id = :server")
			.bind("id", turn.answer().value())
			.bind("server", this.server)
			.bind("content", ConversationText.storable(part.content()))
			.bind("reasoning", ConversationText.storable(part.reasoning()))
			.then();
	}

	/**
	 * Where another server took this one for lost and has ended the answer, the whole of
	 * it is still welcome, unless the answer has gone on there.
	 */
	private Mono<Void> writeEnd(DatabaseClient client, Turn turn, Answer end) {
		UUID id = turn.answer().value();
		Mono<Long> message = Rows
			.answer(client.sql("update message set content = :content, reasoning = :reasoning, state = :state,"
					+ " source = :source, model = :model, provider = :provider, finish_reason = :finish,"
					+ " prompt_tokens = :prompt, completion_tokens = :completion, reasoning_tokens = :thought,"
					+ " cached_tokens = :cached, cost = :cost, first_token_ms = :first,"
					+ " thinking_ms = :thinking, total_ms = :total"
					+ " where id = :id and state in ('STREAMING', 'INTERRUPTED') and not exists (select 1"
					+ " from running_answer r where r.message_id = :id and r.server_id <> :server)"), end)
			.bind("id", id)
			.bind("server", this.server)
			.fetch()
			.rowsUpdated();
		Mono<Void> running = client.sql("delete from running_answer where message_id = :id and server_id = :server")
			.bind("id", id)
			.bind("server", this.server)
			.then();
		return message.then(running).then(SearchTasks.add(this.database, client, turn.conversation(), turn.answer()));
	}

	private void succeeded(List<PendingWrite> taken) {
		synchronized (this) {
			this.batch = List.of();
			count(this.chars - taken.stream().mapToLong(PendingWrite::chars).sum());
			this.active = !this.waiting.isEmpty();
			if (this.active) {
				scheduleNext();
			}
		}
		taken.forEach(PendingWrite::tellWritten);
		this.changed.run();
	}

	private void failed(List<PendingWrite> taken, Throwable ex) {
		synchronized (this) {
			this.batch = List.of();
			Map<MessageId, PendingWrite> newer = new LinkedHashMap<>(this.waiting);
			this.waiting.clear();
			taken.forEach((unwritten) -> this.waiting.put(unwritten.turn().answer(), unwritten.retried()));
			newer.forEach((answer, unwritten) -> this.waiting.merge(answer, unwritten, PendingWrite::followedBy));
			count(this.waiting.values().stream().mapToLong(PendingWrite::chars).sum());
			schedule(Mono.delay(RETRY, this.scheduler));
		}
		log.warn("{} answers are not stored yet and are tried again: {}", taken.size(),
				String.valueOf(ex.getMessage()));
		taken.forEach((unwritten) -> unwritten.tellFailed(ex));
	}

	private synchronized boolean isIdle() {
		return !this.active;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public void stop(Runnable callback) {
		Flux.interval(Duration.ZERO, MOMENT)
			.takeUntil((tick) -> isIdle())
			.takeUntilOther(Mono.delay(LAST_WAIT))
			.doFinally((signal) -> {
				stop();
				callback.run();
			})
			.subscribe((tick) -> {
			}, (ex) -> log.error("Could not wait for what is not stored yet", ex));
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** After everything that may still write: lower phases stop later. */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

}
