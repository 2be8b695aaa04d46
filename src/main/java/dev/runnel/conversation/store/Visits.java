package dev.runnel.conversation.store;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Records in the database the day of each visitor's last visit, so that the conversations
 * of absent visitors can be deleted. Safe for use by several threads.
 */
final class Visits {

	/** Selects the row of an owner who has been absent since the limit. */
	static final String ABSENT = "select 1 from visitor v where v.id = :owner and v.seen_at < :limit";

	private static final Logger log = LoggerFactory.getLogger(Visits.class);

	private static final long DAY = Duration.ofDays(1).toMillis();

	private static final int VISITORS = 10_000;

	private final @Nullable Database database;

	private final Clock clock;

	/** The day of the last recorded visit of each recent visitor. */
	private final Map<Visitor, Long> noted = new LinkedHashMap<>(16, 0.75f, true) {
		@Override
		protected boolean removeEldestEntry(Map.Entry<Visitor, Long> eldest) {
			return size() > VISITORS;
		}
	};

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
		if (this.database == null || !isNew(visitor, this.clock.millis() / DAY)) {
			return;
		}
		note(this.database, visitor).subscribe((rows) -> {
		}, (ex) -> {
			forget(visitor);
			log.warn("A visit could not be recorded: {}", String.valueOf(ex.getMessage()));
		});
	}

	private synchronized boolean isNew(Visitor visitor, long day) {
		Long before = this.noted.put(visitor, day);
		return before == null || before != day;
	}

	private synchronized void forget(Visitor visitor) {
		this.noted.remove(visitor);
	}

	private Mono<Long> note(Database to, Visitor visitor) {
		String sql = to.isPostgres()
				? "insert into visitor (id, seen_at) values (:id, :now) on conflict (id) do update set seen_at = :now"
				: "merge into visitor (id, seen_at) key (id) values (:id, :now)";
		return to.inTransaction((client) -> client.sql(sql)
			.bind("id", visitor.id())
			.bind("now", Rows.stored(this.clock.instant()))
			.fetch()
			.rowsUpdated());
	}

}
