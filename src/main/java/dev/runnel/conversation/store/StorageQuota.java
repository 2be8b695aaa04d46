package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.util.unit.DataSize;

/**
 * Bounds the size of all conversations and presets, for each visitor and in all. The sums
 * are read from the database and kept for a while. What is added meanwhile is added to
 * them, so that the bound is exceeded by little. An answer that has begun is never
 * refused. Any thread may call it.
 */
final class StorageQuota {

	private static final int VISITORS = 10_000;

	/** How long a sum is good enough to let something in. */
	private static final long FRESH = Duration.ofMinutes(10).toNanos();

	/** How long a sum is good enough to keep something out. */
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

	private @Nullable Sum all;

	StorageQuota(Database database, DataSize max, DataSize maxPerVisitor) {
		this.database = database;
		this.max = max.toBytes();
		this.maxPerVisitor = maxPerVisitor.toBytes();
	}

	/**
	 * Takes room, if it is there.
	 * @param visitor who stores something
	 * @param bytes how much; 0 for changes that make nothing larger
	 * @return completes if there is room; a problem with the status 507 if not
	 */
	Mono<Void> take(Visitor visitor, long bytes) {
		return refreshed(visitor, FRESH).then(Mono.defer(() -> tryTake(visitor, bytes) ? Mono.empty()
				: refreshed(visitor, VERY_FRESH).then(Mono.fromRunnable(() -> takeOrRefuse(visitor, bytes)))));
	}

	/**
	 * Counts what is stored whether or not there is room.
	 * @param visitor who stores something
	 * @param bytes how much
	 */
	synchronized void added(Visitor visitor, long bytes) {
		this.sums.computeIfPresent(visitor, (known, sum) -> sum.plus(bytes));
		this.all = (this.all != null) ? this.all.plus(bytes) : null;
	}

	/**
	 * Forgets the sum of a visitor who has deleted something.
	 * @param visitor who
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
		boolean fits = bytes <= 0
				|| (fits(this.sums.get(visitor), bytes, this.maxPerVisitor) && fits(this.all, bytes, this.max));
		if (fits) {
			added(visitor, bytes);
		}
		return fits;
	}

	private synchronized void takeOrRefuse(Visitor visitor, long bytes) {
		if (!tryTake(visitor, bytes)) {
			boolean own = !fits(this.sums.get(visitor), bytes, this.maxPerVisitor);
			throw ProblemException.of(ErrorCode.STORAGE_FULL, own
					? "Your conversations take all the room that they may take. Delete some first."
					: "This server has no room for more conversations. Delete some of yours, or ask who runs it.");
		}
	}

	/** A sum that was forgotten a moment ago is no reason to refuse. */
	private static boolean fits(@Nullable Sum sum, long bytes, long bound) {
		return (sum != null) ? sum.bytes() + bytes <= bound : bytes <= bound;
	}

	/**
	 * A sum of sizes.
	 *
	 * @param bytes how much is stored
	 * @param readAt when it was read from the database, by {@link System#nanoTime}
	 */
	private record Sum(long bytes, long readAt) {

		Sum plus(long more) {
			return new Sum(this.bytes + more, this.readAt);
		}

	}

}
