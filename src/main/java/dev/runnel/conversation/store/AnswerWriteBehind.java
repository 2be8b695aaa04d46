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
import dev.runnel.conversation.Expense;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Turn;
import dev.runnel.memory.MemoryAccount;
import dev.runnel.memory.MemoryReservation;
import dev.runnel.memory.MemoryUse;
import dev.runnel.process.AwaitedStop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Writes parts and ends of answers to the database in batches. One transaction holds the
 * writes of all answers from a short interval, so that many answers cost little more than
 * one.
 * <p>
 * If the database cannot be reached, writes wait in memory and are retried. Above a limit
 * of waiting characters, new parts are refused and no new answer may begin. A refused
 * part is not lost: the end of the answer holds the whole text. If the database rejects a
 * part for good, the part is logged and dropped; of a rejected end, as much as possible
 * is stored.
 */
final class AnswerWriteBehind extends AwaitedStop implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(AnswerWriteBehind.class);

	/** How long the end of an answer waits to be batched. */
	private static final Duration END_DELAY = Duration.ofMillis(5);

	/**
	 * How long a partial answer waits to be batched: a transaction costs about the same
	 * for one answer as for many.
	 */
	private static final Duration PART_DELAY = Duration.ofMillis(200);

	private static final Duration RETRY = Duration.ofSeconds(1);

	/** How long a shutdown waits for writes that are not stored yet. */
	private static final Duration LAST_WAIT = Duration.ofSeconds(5);

	/** The maximum number of answers in one transaction. */
	private static final int MAX_BATCH = 200;

	/**
	 * A batch of this many characters takes no further answer: during the write, the
	 * embedded database holds several copies of the text.
	 */
	private static final int FULL_BATCH_CHARS = 256 * 1024;

	/**
	 * The heap bytes of a character until it is stored. It is held here, and in the
	 * embedded database as a value, in its page and in the file's write buffer.
	 */
	private static final int BYTES_A_CHAR = 4;

	private final Database database;

	private final AnswerWrites writes;

	private final CutAnswers cut;

	private final long maxChars;

	private final MemoryReservation memory;

	private final Runnable changed;

	private final Scheduler scheduler = Schedulers.parallel();

	/** The waiting writes by answer, in order of arrival. */
	private final Map<MessageId, PendingWrite> waiting = new LinkedHashMap<>();

	/** The running answers that had a part refused. */
	private final Set<MessageId> refused = new HashSet<>();

	/** The batch that is being written now. */
	private List<PendingWrite> batch = List.of();

	private boolean active;

	private boolean closed;

	/** Ends the wait of the next batch. */
	private Sinks.Empty<Void> hurry = Sinks.empty();

	private long chars;

	AnswerWriteBehind(Database database, UUID server, long maxChars, MemoryAccount account, Runnable changed) {
		this.database = database;
		this.writes = new AnswerWrites(database, server);
		this.cut = new CutAnswers(database);
		this.maxChars = maxChars;
		this.memory = account.count(MemoryUse.UNSTORED_ANSWERS, 0);
		this.changed = changed;
	}

	/**
	 * Writes a part of an answer. A part is refused if too much text is waiting. Then all
	 * later parts of that answer are refused too, so that the stored text has no gap. The
	 * end of the answer holds the whole text.
	 * @param turn the turn of the answer
	 * @param part the new text
	 * @return completes when the part is written; an error if the part is refused, or if
	 * a write failed and will be retried
	 */
	Mono<Void> append(Turn turn, AnswerDelta part) {
		return Mono.defer(() -> grow(turn, part));
	}

	private synchronized Mono<Void> grow(Turn turn, AnswerDelta part) {
		long more = part.content().length() + part.reasoning().length();
		if (this.refused.contains(turn.answerId()) || this.chars + more > this.maxChars) {
			this.refused.add(turn.answerId());
			return Mono.error(() -> new IllegalStateException("too much is waiting for the database"));
		}
		return add(turn, (pending) -> pending.grow(part));
	}

	/**
	 * Writes the end of an answer with its whole text. An end is never refused, because
	 * its text is in memory anyway.
	 * @param turn the turn of the answer
	 * @param answer the whole answer
	 * @param expense what the turn cost; null if it cost nothing
	 * @return completes when the end is written; an error if a write failed and will be
	 * retried
	 */
	Mono<Void> end(Turn turn, Answer answer, @Nullable Expense expense) {
		return Mono.defer(() -> finish(turn, answer, expense));
	}

	private synchronized Mono<Void> finish(Turn turn, Answer answer, @Nullable Expense expense) {
		this.refused.remove(turn.answerId());
		return add(turn, (pending) -> pending.end(answer, expense));
	}

	/**
	 * Whether the limit of waiting text is reached, so that no answer may begin.
	 * @return true if the limit is reached
	 */
	synchronized boolean isFull() {
		return this.chars >= this.maxChars;
	}

	/**
	 * Waits for the pending writes of a conversation. A failed write is no error here.
	 * @param conversation the id of the conversation
	 * @return completes when no write is pending, or when one has failed
	 */
	Mono<Void> awaitWrites(ConversationId conversation) {
		return Mono.defer(() -> {
			List<Mono<Void>> writes = new ArrayList<>();
			synchronized (this) {
				this.waiting.values().forEach((pending) -> pending.join(conversation, writes));
				if (!writes.isEmpty()) {
					this.hurry.tryEmitEmpty();
				}
				this.batch.forEach((pending) -> pending.join(conversation, writes));
			}
			return writes.isEmpty() ? Mono.<Void>empty() : Mono.when(writes).onErrorComplete();
		});
	}

	private Mono<Void> add(Turn turn, Consumer<PendingWrite> change) {
		PendingWrite pending = this.waiting.computeIfAbsent(turn.answerId(), (answer) -> new PendingWrite(turn));
		long before = pending.chars();
		change.accept(pending);
		count(this.chars + pending.chars() - before);
		if (!this.active) {
			this.active = true;
			scheduleNext();
		}
		else if (pending.isUrgent()) {
			this.hurry.tryEmitEmpty();
		}
		return pending.written();
	}

	private void count(long total) {
		this.chars = total;
		this.memory.set(total * BYTES_A_CHAR);
	}

	private void scheduleNext() {
		boolean urgent = this.waiting.values().stream().anyMatch(PendingWrite::isUrgent);
		Mono<Long> endDelay = Mono.delay(END_DELAY, this.scheduler);
		this.hurry = Sinks.empty();
		schedule(urgent ? endDelay
				: Mono.firstWithSignal(Mono.delay(PART_DELAY, this.scheduler), this.hurry.asMono().then(endDelay)));
	}

	private void schedule(Mono<Long> delay) {
		delay.then(Mono.defer(this::writeBatch)).subscribe((done) -> {
		}, (ex) -> log.error("Writing answers failed", ex));
	}

	private Mono<Void> writeBatch() {
		List<PendingWrite> taken = take();
		return written(taken).onErrorResume(DatabaseErrors::isFinal, (ex) -> writeEach(taken))
			.then(Mono.defer(() -> flush(taken)))
			.then(Mono.<Void>fromRunnable(() -> succeeded(taken)))
			.onErrorResume((ex) -> Mono.fromRunnable(() -> failed(taken, ex)));
	}

	/**
	 * Makes ends and origins of answers durable: they survive the end of the process. If
	 * this flush fails, they are written anyway, and the embedded database flushes them
	 * later by itself.
	 */
	private Mono<Void> flush(List<PendingWrite> taken) {
		boolean needed = taken.stream().anyMatch(PendingWrite::needsFlush);
		return needed ? this.database.flush().onErrorComplete() : Mono.empty();
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
		taken.forEach((pending) -> this.waiting.remove(pending.turn().answerId()));
		this.batch = taken;
		return taken;
	}

	/**
	 * Writes each answer in a transaction of its own, to find the one that the database
	 * rejects. Of a rejected end, the text is written; if the database rejects that too,
	 * the answer is marked as interrupted with the parts that are stored.
	 */
	private Mono<Void> writeEach(List<PendingWrite> taken) {
		return Flux.fromIterable(taken).concatMap(this::writeOne).then();
	}

	private Mono<Void> writeOne(PendingWrite one) {
		MessageId answer = one.turn().answerId();
		PendingWrite bare = one.withoutDetails();
		Mono<Void> whole = write(one);
		return ((bare != null) ? whole.onErrorResume(DatabaseErrors::isFinal, (ex) -> {
			log.error("The database rejected the end of answer {}; only its text is stored", answer, ex);
			return write(bare).onErrorResume(DatabaseErrors::isFinal, (again) -> {
				log.error("The database rejected the text of answer {}; its stored parts remain", answer, again);
				return cut(one);
			});
		}) : whole).onErrorResume(DatabaseErrors::isFinal, (ex) -> {
			log.error("The database rejected answer {}; it is lost", answer, ex);
			return Mono.empty();
		});
	}

	private Mono<Void> write(PendingWrite one) {
		return written(List.of(one));
	}

	private Mono<Void> written(List<PendingWrite> taken) {
		return this.database.onConnection((connection) -> this.writes.write(connection, taken))
			.publishOn(this.scheduler);
	}

	/** The money was spent, whatever becomes of the text. */
	private Mono<Void> cut(PendingWrite one) {
		return this.database
			.inRawTransaction((client) -> this.cut.end(client, one.turn().conversation(), one.turn().answerId())
				.then(client.inConnection((connection) -> this.writes.spend(connection, List.of(one)))));
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
		boolean again = retry(taken);
		log.warn("{} answers could not be stored{}: {}", taken.size(), again ? " and will be retried" : "",
				String.valueOf(ex.getMessage()));
		taken.forEach((pending) -> pending.tellFailed(ex));
	}

	/** Returns whether the writes are tried again. After the close they are not. */
	private synchronized boolean retry(List<PendingWrite> taken) {
		this.batch = List.of();
		Map<MessageId, PendingWrite> newer = new LinkedHashMap<>(this.waiting);
		this.waiting.clear();
		taken.forEach((pending) -> this.waiting.put(pending.turn().answerId(), pending.retried()));
		newer.forEach((answer, pending) -> this.waiting.merge(answer, pending, PendingWrite::followedBy));
		count(this.waiting.values().stream().mapToLong(PendingWrite::chars).sum());
		this.active = !this.closed;
		if (this.active) {
			schedule(Mono.delay(RETRY, this.scheduler));
		}
		return this.active;
	}

	private synchronized boolean isIdle() {
		return !this.active;
	}

	@Override
	protected Mono<Void> finish() {
		return until(Mono.fromSupplier(this::isIdle), END_DELAY, LAST_WAIT);
	}

	/** The lowest phase: this stops after everything that may still write. */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

	/** The database is closed next, so a later write fails. */
	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.active) {
			log.error("The server stops before the database has taken {} answers",
					this.waiting.size() + this.batch.size());
		}
	}

}
