package dev.runnel.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import dev.runnel.accounts.Audited.Action;
import dev.runnel.conversation.store.Database;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.event.EventListener;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Keeps who signed in and what admins did: as a line of JSON in the log, at once, and in
 * a table, which forgets old entries. It has names, and nothing that anybody wrote.
 */
public final class AuditLog {

	private static final Logger log = LoggerFactory.getLogger("dev.runnel.audit");

	private static final int MAX_NAME_CHARS = 60;

	private static final int MAX_DETAIL_CHARS = 200;

	private static final int MAX_ADDRESS_CHARS = 45;

	private final Database database;

	private final Duration retention;

	private final Clock clock;

	AuditLog(Database database, Duration retention, Clock clock) {
		this.database = database;
		this.retention = retention;
		this.clock = clock;
	}

	/** The log has the line even if the database is away. */
	@EventListener
	void happened(Audited event) {
		Instant now = this.clock.instant();
		log.info("{}", json(event));
		Mono.defer(() -> insert(now, event)).retry(1).subscribe((done) -> {
		}, (ex) -> log.error("An event is not in the table: {}", String.valueOf(ex.getMessage())));
	}

	private static String json(Audited event) {
		Map<String, String> fields = new LinkedHashMap<>();
		fields.put("action", event.action().name());
		fields.put("actor", event.actor());
		fields.put("subject", event.subject());
		fields.put("detail", event.detail());
		return JsonMapper.shared().writeValueAsString(fields);
	}

	private Mono<Long> insert(Instant now, Audited event) {
		UUID id = UUID.randomUUID();
		return this.database.inTransaction((client) -> deleteOld(client, now).then(client.sql(
				"insert into audit_event (id, happened_at, action, actor, subject, detail, account_id, address, device)"
						+ " values (:id, :now, :action, :actor, :subject, :detail, :account, :address, :device)")
			.bind("id", id)
			.bind("now", Columns.stored(now))
			.bind("action", event.action().name())
			.bind("actor", cut(event.actor(), MAX_NAME_CHARS))
			.bind("subject", cut(event.subject(), MAX_NAME_CHARS))
			.bind("detail", cut(event.detail(), MAX_DETAIL_CHARS))
			.bind("account", (event.owner() != null) ? Parameters.in(event.owner()) : Parameters.in(UUID.class))
			.bind("address", cut(event.browser().address(), MAX_ADDRESS_CHARS))
			.bind("device", cut(event.browser().device(), MAX_DETAIL_CHARS))
			.fetch()
			.rowsUpdated()));
	}

	private Mono<Void> deleteOld(DatabaseClient client, Instant now) {
		return client.sql("delete from audit_event where happened_at <= :oldest")
			.bind("oldest", Columns.stored(now.minus(this.retention)))
			.then();
	}

	private static String cut(String text, int chars) {
		return text.substring(0, Math.min(text.length(), chars));
	}

	/**
	 * Reads the last entries.
	 * @param limit the maximum number of entries
	 * @return the entries, the newest first
	 */
	public Flux<AuditEntry> last(int limit) {
		return this.database.read(
				(client) -> client
					.sql("select happened_at, action, actor, subject, detail from audit_event"
							+ " order by happened_at desc, id desc limit " + limit)
					.map(AuditLog::entry)
					.all());
	}

	/**
	 * Reads the last entries that the page of an account shows.
	 * @param account the id of the account
	 * @param limit the maximum number of entries
	 * @return the entries, the newest first
	 */
	public Flux<AuditEntry> lastOf(UUID account, int limit) {
		return this.database.read((client) -> client
			.sql("select happened_at, action, actor, subject, detail, address, device from audit_event"
					+ " where account_id = :account order by happened_at desc, id desc limit " + limit)
			.bind("account", account)
			.map((row) -> own(row, account))
			.all());
	}

	private static AuditEntry own(Readable row, UUID account) {
		AuditEntry entry = entry(row);
		return new AuditEntry(entry.at(),
				entry.event().by(account, new Browser(Columns.text(row, "address"), Columns.text(row, "device"))));
	}

	/**
	 * Forgets where a person was, because the account is deleted. The names stay.
	 * @param client the database, in the transaction that deletes the account
	 * @param account the id of the account
	 * @return completes when it is forgotten
	 */
	static Mono<Void> forget(DatabaseClient client, UUID account) {
		return client
			.sql("update audit_event set account_id = null, address = null, device = null where account_id = :account")
			.bind("account", account)
			.then();
	}

	private static AuditEntry entry(Readable row) {
		return new AuditEntry(Columns.time(row, "happened_at"), new Audited(Action.valueOf(Columns.text(row, "action")),
				Columns.text(row, "actor"), Columns.text(row, "subject"), Columns.text(row, "detail")));
	}

}
