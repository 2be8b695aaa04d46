package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.Map;

import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

/**
 * Counts the conversations of each visitor, in a cache of the most recently used
 * visitors. Counting in the database for every new conversation would cost more than
 * adding it. If several servers share a database, the counts are approximate, which is
 * enough for a limit: {@link StorageQuota} corrects them from time to time, and only a
 * count of the last seconds refuses a visitor.
 */
final class ConversationCounts {

	/** The maximum age of a count that refuses a conversation, in nanoseconds. */
	private static final long VERY_FRESH = Duration.ofSeconds(5).toNanos();

	private final Database database;

	private final int max;

	private final Map<Visitor, Count> counts = new RecentVisitors<>();

	ConversationCounts(Database database, int max) {
		this.database = database;
		this.max = max;
	}

	/**
	 * Adds a conversation if the visitor is below the limit. The slot is reserved before
	 * the insert, so that parallel requests cannot exceed the limit. It is released if
	 * the insert fails or is cancelled.
	 * @param <T> the type of the result
	 * @param visitor the owner
	 * @param add adds the conversation
	 * @return the result of the insert; a problem if the visitor has reached the limit
	 */
	<T> Mono<T> adding(Visitor visitor, Mono<T> add) {
		return Mono.usingWhen(reserve(visitor), (reserved) -> add, (reserved) -> ended(visitor, 0),
				(reserved, ex) -> ended(visitor, -1), (reserved) -> ended(visitor, -1));
	}

	private Mono<Integer> reserve(Visitor visitor) {
		return Mono.defer(() -> isKnown(visitor) ? Mono.empty() : count(visitor))
			.then(Mono.fromCallable(() -> reserveNow(visitor)));
	}

	private synchronized boolean isKnown(Visitor visitor) {
		Count count = this.counts.get(visitor);
		return count != null
				&& (count.conversations() < this.max || System.nanoTime() - count.changedAt() < VERY_FRESH);
	}

	private synchronized int reserveNow(Visitor visitor) {
		Count before = this.counts.getOrDefault(visitor, Count.NONE);
		if (before.conversations() >= this.max) {
			throw ProblemException.of(Reason.TOO_MANY_CHATS, before.conversations());
		}
		Count reserved = before.plus(1, 1);
		this.counts.put(visitor, reserved);
		return reserved.conversations();
	}

	private Mono<Void> ended(Visitor visitor, int conversations) {
		return Mono.fromRunnable(() -> change(visitor, conversations, -1));
	}

	private synchronized void change(Visitor visitor, int conversations, int open) {
		this.counts.computeIfPresent(visitor, (key, count) -> count.plus(conversations, open));
	}

	private Mono<Integer> count(Visitor visitor) {
		return Mono.defer(() -> {
			long readAt = System.nanoTime();
			return this.database
				.read((client) -> client
					.sql("select cast(count(*) as integer) as n from conversation where owner = :owner")
					.bind("owner", visitor.id())
					.map((row) -> Rows.number(row, "n"))
					.all())
				.single()
				.doOnNext((count) -> read(visitor, count, readAt));
		});
	}

	/**
	 * Takes over a count from the database. The count is ignored if it may lack a
	 * conversation that this server has added meanwhile.
	 * @param visitor the visitor
	 * @param conversations the number of conversations in the database
	 * @param readAt the time when reading began, by {@link System#nanoTime}
	 */
	synchronized void read(Visitor visitor, int conversations, long readAt) {
		Count known = this.counts.get(visitor);
		if (known == null || known.isOlderThan(readAt)) {
			this.counts.put(visitor, new Count(conversations, 0, readAt));
		}
	}

	void removed(Visitor visitor) {
		change(visitor, -1, 0);
	}

	/**
	 * A number of conversations.
	 *
	 * @param conversations the number, including those that are being added
	 * @param open the number of conversations that are being added
	 * @param changedAt the time of the last change, or of reading the number, by
	 * {@link System#nanoTime}
	 */
	private record Count(int conversations, int open, long changedAt) {

		private static final Count NONE = new Count(0, 0, 0);

		Count plus(int more, int moreOpen) {
			return new Count(Math.max(0, this.conversations + more), Math.max(0, this.open + moreOpen),
					System.nanoTime());
		}

		boolean isOlderThan(long time) {
			return this.open == 0 && this.changedAt - time < 0;
		}

	}

}
