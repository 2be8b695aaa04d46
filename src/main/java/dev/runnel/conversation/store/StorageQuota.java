package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.Turn;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.util.unit.DataSize;

/**
 * Limits the size of all conversations and presets, for each visitor and in all. The sums
 * are read from the database and kept for a while. New text is added to them, and running
 * answers count with the text that they have so far. A running answer is never refused,
 * so the sums can exceed the limit by the rest of the running answers. Safe for use by
 * several threads.
 */
final class StorageQuota {

	private static final int VISITORS = 10_000;

	/** The maximum age of a sum that accepts new text, in nanoseconds. */
	private static final long FRESH = Duration.ofMinutes(10).toNanos();

	/** The maximum age of a sum that refuses new text, in nanoseconds. */
	private static final long VERY_FRESH = Duration.ofSeconds(5).toNanos();

	private static final String SUM = "select cast((select coalesce(sum(bytes), 0) from conversation%1$s)"
			+ " + (select coalesce(sum(char_length(settings)), 0) from preset%1$s) as bigint) as n";

	private static final String OF_ALL = SUM.replace("%1$s", "");

	private static final String OF_ONE = SUM.replace("%1$s", " where owner = :owner");

	private final Database database;

	private final long max;

	private final long maxPerVisitor;

	private final Map<Visitor, Sum> sums = new LinkedHashMap<>(16, 0.75f, true) {
		@Override
		protected boolean removeEldestEntry(Map.Entry<Visitor, Sum> eldest) {
			return size() > VISITORS;
		}
	};

	private final RunningSizes running = new RunningSizes();

	private @Nullable Sum all;

	StorageQuota(Database database, DataSize max, DataSize maxPerVisitor) {
		this.database = database;
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
		return refreshed(visitor, FRESH).then(Mono.defer(() -> tryTake(visitor, bytes) ? Mono.empty()
				: refreshed(visitor, VERY_FRESH).then(Mono.fromRunnable(() -> takeOrRefuse(visitor, bytes)))));
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
	 * Forgets the sum of a visitor after a deletion.
	 * @param visitor the visitor
	 */
	synchronized void removed(Visitor visitor) {
		this.sums.remove(visitor);
	}

	private Mono<Void> refreshed(Visitor visitor, long age) {
		return Mono
			.defer(() -> isFresh(visitor, age) ? Mono.empty()
					: sum((client) -> client.sql(OF_ONE).bind("owner", visitor.id()))
						.doOnNext((sum) -> keep(visitor, sum)))
			.then(Mono.defer(() -> isFresh(null, age) ? Mono.empty()
					: sum((client) -> client.sql(OF_ALL)).doOnNext((sum) -> keep(null, sum))))
			.then();
	}

	private Mono<Sum> sum(Function<DatabaseClient, GenericExecuteSpec> query) {
		return this.database
			.read((client) -> query.apply(client).map((row) -> new Sum(Rows.size(row, "n"), System.nanoTime())).all())
			.single();
	}

	private synchronized boolean isFresh(@Nullable Visitor visitor, long age) {
		Sum sum = (visitor != null) ? this.sums.get(visitor) : this.all;
		return sum != null && System.nanoTime() - sum.readAt() < age;
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
		boolean fits = bytes <= 0 || (fitsOwn(visitor, bytes) && fits(this.all, bytes + this.running.all(), this.max));
		if (fits) {
			added(visitor, bytes);
		}
		return fits;
	}

	private synchronized void takeOrRefuse(Visitor visitor, long bytes) {
		if (!tryTake(visitor, bytes)) {
			throw ProblemException.of(ErrorCode.STORAGE_FULL, fitsOwn(visitor, bytes)
					? "This server has no room for more conversations. Delete some of yours, or ask its operator."
					: "Your conversations use all the room that one visitor has. Delete some first.");
		}
	}

	private boolean fitsOwn(Visitor visitor, long bytes) {
		return fits(this.sums.get(visitor), bytes + this.running.of(visitor), this.maxPerVisitor);
	}

	/** Accepts the text if another thread has just removed the sum. */
	private static boolean fits(@Nullable Sum sum, long bytes, long bound) {
		return (sum != null) ? sum.bytes() + bytes <= bound : bytes <= bound;
	}

	/**
	 * A sum of sizes.
	 *
	 * @param bytes the stored bytes
	 * @param readAt the time when the sum was read from the database, by
	 * {@link System#nanoTime}
	 */
	private record Sum(long bytes, long readAt) {

		Sum plus(long more) {
			return new Sum(this.bytes + more, this.readAt);
		}

	}

}
