package dev.runnel.conversation.store;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.runnel.process.AwaitedStop;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Records in the database the day of each visitor's last visit, so that the conversations
 * of absent visitors can be deleted. One statement records all visits of a second, so
 * that many new visitors cost little more than one. A process that is killed loses the
 * visits of its last second. Safe for use by several threads.
 */
final class Visits extends AwaitedStop {

	/** Selects the row of an owner who has been absent since the limit. */
	static final String ABSENT = "select 1 from visitor v where v.id = :owner and v.seen_at < :limit";

	private static final Logger log = LoggerFactory.getLogger(Visits.class);

	private static final long DAY = Duration.ofDays(1).toMillis();

	/** How long a visit waits to be batched. */
	private static final Duration BATCH_DELAY = Duration.ofSeconds(1);

	/** How long a shutdown waits for the last visits. */
	private static final Duration LAST_WAIT = Duration.ofSeconds(2);

	/**
	 * Records visits in the order of the ids, so that servers that share a database lock
	 * the rows in the same order.
	 */
	private static final String POSTGRES = "insert into visitor (id, seen_at)"
			+ " select v.id, cast(:now as timestamp(3) with time zone) from unnest(cast(:ids as text[])) v(id)"
			+ " on conflict (id) do update set seen_at = excluded.seen_at";

	private static final String EMBEDDED = "merge into visitor (id, seen_at) key (id)"
			+ " select v.id, cast(:now as timestamp(3) with time zone)"
			+ " from unnest(cast(:ids as varchar(200) array)) v(id)";

	private final @Nullable Database database;

	private final Clock clock;

	/** The day of the last recorded visit of each recent visitor. */
	private final Map<Visitor, Long> noted = new RecentVisitors<>();

	/** The visitors of the next statement. */
	private final Set<Visitor> waiting = new LinkedHashSet<>();

	private Visits(@Nullable Database database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	/**
	 * Records visits in a database.
	 * @param database the database
	 * @param clock the clock
	 * @return the visits
	 */
	static Visits in(Database database, Clock clock) {
		return new Visits(database, clock);
	}

	/**
	 * Records nothing, for a server that keeps the conversations of absent visitors.
	 * @return visits that are never recorded
	 */
	static Visits unrecorded() {
		return new Visits(null, Clock.systemUTC());
	}

	/**
	 * Records a visit. No request waits for it. After a failure the next request of the
	 * visitor records it again.
	 * @param visitor the visitor
	 */
	void seen(Visitor visitor) {
		if (this.database != null && isFirstOfBatch(visitor, this.clock.millis() / DAY)) {
			Mono.delay(BATCH_DELAY).then(Mono.defer(this::writeWaiting)).subscribe((done) -> {
			}, (ex) -> log.error("Recording visits has stopped", ex));
		}
	}

	private synchronized boolean isFirstOfBatch(Visitor visitor, long day) {
		Long before = this.noted.put(visitor, day);
		if (before != null && before == day) {
			return false;
		}
		boolean first = this.waiting.isEmpty();
		this.waiting.add(visitor);
		return first;
	}

	private synchronized List<Visitor> take() {
		List<Visitor> taken = List.copyOf(this.waiting);
		this.waiting.clear();
		return taken;
	}

	private synchronized void forget(List<Visitor> visitors) {
		visitors.forEach(this.noted::remove);
	}

	private Mono<Void> writeWaiting() {
		List<Visitor> taken = take();
		if (this.database == null || taken.isEmpty()) {
			return Mono.empty();
		}
		return write(this.database, taken).onErrorResume((ex) -> {
			forget(taken);
			log.warn("{} visits could not be recorded: {}", taken.size(), String.valueOf(ex.getMessage()));
			return Mono.empty();
		});
	}

	private Mono<Void> write(Database to, List<Visitor> visitors) {
		String[] ids = visitors.stream().map(Visitor::id).sorted().toArray(String[]::new);
		return to.inTransaction((client) -> client.sql(to.isPostgres() ? POSTGRES : EMBEDDED)
			.bind("ids", ids)
			.bind("now", Rows.stored(this.clock.instant()))
			.then());
	}

	@Override
	protected Mono<Void> finish() {
		return Mono.defer(this::writeWaiting).take(LAST_WAIT);
	}

	/** The lowest phase: this stops after everything that may still serve a visitor. */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

}
