package dev.runnel.conversation;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

/**
 * How many conversations each of the last visitors has. To count them for every new one
 * would cost more than to add it. Where several servers share a database the numbers are
 * about right, which is enough for a bound.
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
	 * Looks whether a visitor may have one more conversation.
	 * @param visitor who
	 * @return completes if so, else a problem
	 */
	Mono<Void> checkRoom(Visitor visitor) {
		return Mono.defer(() -> {
			Integer known;
			synchronized (this) {
				known = this.counts.get(visitor);
			}
			return (known != null) ? Mono.just(known) : count(visitor);
		}).handle((count, sink) -> {
			if (count >= this.max) {
				sink.error(ProblemException.of(ErrorCode.INVALID_REQUEST,
						"There are " + count + " conversations, as many as there may be. Delete some first."));
			}
		});
	}

	private Mono<Integer> count(Visitor visitor) {
		return this.database
			.read((client) -> client.sql("select cast(count(*) as integer) as n from conversation where owner = :owner")
				.bind("owner", visitor.id())
				.map((row) -> MessageRows.number(row, "n"))
				.all())
			.single()
			.doOnNext((count) -> {
				synchronized (this) {
					this.counts.put(visitor, count);
				}
			});
	}

	synchronized void added(Visitor visitor) {
		this.counts.computeIfPresent(visitor, (key, count) -> count + 1);
	}

	synchronized void removed(Visitor visitor) {
		this.counts.computeIfPresent(visitor, (key, count) -> Math.max(0, count - 1));
	}

}
