package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.Turn;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.util.unit.DataSize;

/**
 * Limits the size of all conversations, presets and files, for each visitor and in all.
 * The sums are read from the database and kept for a while. New text is added to them,
 * and running answers count with the text that they have so far. A running answer is
 * never refused, so the sums can exceed the limit by the rest of the running answers.
 * Safe for use by several threads.
 */
final class StorageQuota {

	/** The maximum age of a sum that accepts new text, in nanoseconds. */
	private static final long FRESH = Duration.ofMinutes(10).toNanos();

	/** The maximum age of a sum that refuses new text, in nanoseconds. */
	private static final long VERY_FRESH = Duration.ofSeconds(5).toNanos();

	/** The query also counts the conversations, because one query costs less than two. */
	private static final String SUM = "select cast(coalesce(sum(bytes), 0)"
			+ " + (select coalesce(sum(octet_length(settings)), 0) from preset%1$s)"
			+ " + (select coalesce(sum(bytes), 0) from attachment%1$s) as bigint) as n,"
			+ " cast(count(*) as integer) as conversations from conversation%1$s";

	private static final String OF_ALL = SUM.replace("%1$s", "");

	private static final String OF_ONE = SUM.replace("%1$s", " where owner = :owner");

	private final Database database;

	private final ConversationCounts counts;

	private final long max;

	private final long maxPerVisitor;

	private final Map<Visitor, Sum> sums = new RecentVisitors<>();

	private final RunningSizes running = new RunningSizes();

	private @Nullable Sum all;

	/** The time of the last deletion, by {@link System#nanoTime}. */
	private long removedAt = System.nanoTime();

	StorageQuota(Database database, ConversationCounts counts, DataSize max, DataSize maxPerVisitor) {
		this.database = database;
		this.counts = counts;
		this.max = max.toBytes();
		this.maxPerVisitor = maxPerVisitor.toBytes();
	}

	/**
	 * Takes room for new text.
	 * @param visitor the owner of the text
	 * @param bytes the size of the text; 0 for a change that makes nothing larger
	 * @return completes if there is room; otherwise a problem with status 507
	 */
	Mono<Void> take(Visitor visitor, long bytes) {
		return refreshed(visitor, this::mayAccept).then(Mono.defer(() -> tryTake(visitor, bytes) ? Mono.empty()
				: refreshed(visitor, this::mayRefuse).then(Mono.fromRunnable(() -> takeOrRefuse(visitor, bytes)))));
	}

	/**
	 * Notes that nothing of a visitor is stored.
	 * @param visitor a new visitor
	 */
	void created(Visitor visitor) {
		Sum none = new Sum(0, System.nanoTime());
		keep(visitor, none);
		this.counts.read(visitor, 0, none.readAt());
	}

	/**
	 * Begins to count a running answer.
	 * @param turn the turn of the answer
	 */
	synchronized void begun(Turn turn) {
		this.running.begin(turn);
	}

	/**
	 * Counts new text of a running answer, whether or not there is room.
	 * @param turn the turn of the answer
	 * @param part the new text
	 */
	synchronized void grown(Turn turn, AnswerDelta part) {
		this.running.grow(turn, StoredSize.ofText(part.content()) + StoredSize.ofText(part.reasoning()));
	}

	/**
	 * Counts an answer that has ended, whether or not there is room.
	 * @param turn the turn of the answer
	 * @param end the whole answer
	 */
	synchronized void ended(Turn turn, Answer end) {
		this.running.end(turn);
		added(turn.visitor(), StoredSize.ofAnswer(end) - StoredSize.ofAnswer(turn.writtenSoFar()));
	}

	private void added(Visitor visitor, long bytes) {
		this.sums.computeIfPresent(visitor, (known, sum) -> sum.plus(bytes));
		this.all = (this.all != null) ? this.all.plus(bytes) : null;
	}

	/**
	 * Notes that text was deleted. Earlier sums may now be too large, so they still
	 * accept new text but no longer refuse any.
	 */
	synchronized void removed() {
		this.removedAt = System.nanoTime();
	}

	private Mono<Void> refreshed(Visitor visitor, Predicate<Sum> fresh) {
		return Mono.defer(() -> isKnown(visitor, fresh) ? Mono.empty() : readOwn(visitor))
			.then(Mono.defer(() -> isKnown(null, fresh) ? Mono.empty() : readAll()))
			.then();
	}

	private Mono<Stored> readOwn(Visitor visitor) {
		return stored((client) -> client.sql(OF_ONE).bind("owner", visitor.id())).doOnNext((stored) -> {
			keep(visitor, stored.sum());
			this.counts.read(visitor, stored.conversations(), stored.sum().readAt());
		});
	}

	private Mono<Stored> readAll() {
		return stored((client) -> client.sql(OF_ALL)).doOnNext((stored) -> keep(null, stored.sum()));
	}

	private Mono<Stored> stored(Function<DatabaseClient, GenericExecuteSpec> query) {
		return Mono.defer(() -> {
			long now = System.nanoTime();
			return this.database
				.read((client) -> query.apply(client)
					.map((row) -> new Stored(new Sum(Rows.size(row, "n"), now), Rows.number(row, "conversations")))
					.all())
				.single();
		});
	}

	private synchronized boolean isKnown(@Nullable Visitor visitor, Predicate<Sum> fresh) {
		Sum sum = (visitor != null) ? this.sums.get(visitor) : this.all;
		return sum != null && fresh.test(sum);
	}

	private boolean mayAccept(Sum sum) {
		return System.nanoTime() - sum.readAt() < FRESH;
	}

	private boolean mayRefuse(Sum sum) {
		return System.nanoTime() - sum.readAt() < VERY_FRESH && sum.readAt() - this.removedAt > 0;
	}

	private synchronized void keep(@Nullable Visitor visitor, Sum sum) {
		if (visitor == null) {
			this.all = sum;
		}
		else {
			this.sums.put(visitor, sum);
		}
	}

	private synchronized boolean tryTake(Visitor visitor, long bytes) {
		boolean fits = bytes <= 0 || fits(visitor, bytes);
		if (fits) {
			added(visitor, bytes);
		}
		return fits;
	}

	private boolean fits(Visitor visitor, long bytes) {
		return fitsOwn(visitor, bytes) && fits(this.all, bytes + this.running.all(), this.max);
	}

	private synchronized void takeOrRefuse(Visitor visitor, long bytes) {
		if (!tryTake(visitor, bytes)) {
			throw ProblemException.of(fitsOwn(visitor, bytes) ? Reason.ROOM_USED : Reason.OWN_ROOM_USED);
		}
	}

	private boolean fitsOwn(Visitor visitor, long bytes) {
		return fits(this.sums.get(visitor), bytes + this.running.of(visitor), this.maxPerVisitor);
	}

	/**
	 * If the sums of other visitors have just displaced this one in the cache, only the
	 * text itself has to fit.
	 */
	private static boolean fits(@Nullable Sum sum, long bytes, long bound) {
		return (sum != null) ? sum.bytes() + bytes <= bound : bytes <= bound;
	}

	/**
	 * A sum of sizes.
	 *
	 * @param bytes the stored bytes
	 * @param readAt the time when reading it from the database began, by
	 * {@link System#nanoTime}
	 */
	private record Sum(long bytes, long readAt) {

		Sum plus(long more) {
			return new Sum(this.bytes + more, this.readAt);
		}

	}

	/** The result of the query. */
	private record Stored(Sum sum, int conversations) {
	}

}
