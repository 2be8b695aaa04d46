package dev.runnel.conversation.store;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

/**
 * Counts the conversations of each visitor, in a cache of the most recently used
 * visitors. Counting in the database for every new conversation would cost more than
 * adding it. If several servers share a database, the counts are approximate, which is
 * enough for a limit.
 */
final class ConversationCounts {

	private static final int VISITORS = 10_000;

	private final Database database;

	private final int max;

	private final Map<Visitor, Integer> counts = new LinkedHashMap<>(16, 0.75f, true) {
		@Override
		protected boolean removeEldestEntry(Map.Entry<Visitor, Integer> eldest) {
			return size() > VISITORS;
		}
	};

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
		return Mono.usingWhen(reserve(visitor), (reserved) -> add, (reserved) -> Mono.empty(),
				(reserved, ex) -> giveBack(visitor), (reserved) -> giveBack(visitor));
	}

	private Mono<Integer> reserve(Visitor visitor) {
		return Mono.defer(() -> isKnown(visitor) ? Mono.empty() : count(visitor))
			.then(Mono.fromCallable(() -> reserveNow(visitor)));
	}

	private synchronized boolean isKnown(Visitor visitor) {
		return this.counts.containsKey(visitor);
	}

	private synchronized int reserveNow(Visitor visitor) {
		int count = this.counts.getOrDefault(visitor, 0);
		if (count >= this.max) {
			throw ProblemException.of(ErrorCode.INVALID_REQUEST,
					"You have reached the limit of " + count + " conversations. Delete some first.");
		}
		this.counts.put(visitor, count + 1);
		return count + 1;
	}

	private Mono<Void> giveBack(Visitor visitor) {
		return Mono.fromRunnable(() -> removed(visitor));
	}

	private Mono<Integer> count(Visitor visitor) {
		return this.database
			.read((client) -> client.sql("select cast(count(*) as integer) as n from conversation where owner = :owner")
				.bind("owner", visitor.id())
				.map((row) -> Rows.number(row, "n"))
				.all())
			.single()
			.doOnNext((count) -> keep(visitor, count));
	}

	/**
	 * Does not overwrite a count: it may already include reservations that this query did
	 * not see.
	 */
	private synchronized void keep(Visitor visitor, int count) {
		this.counts.putIfAbsent(visitor, count);
	}

	synchronized void removed(Visitor visitor) {
		this.counts.computeIfPresent(visitor, (key, count) -> Math.max(0, count - 1));
	}

}
