package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.MessageId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Marks answers as interrupted if their server is gone. The text that was stored remains.
 * <p>
 * The embedded database belongs to one process. So at its start, every answer of another
 * server is lost. Servers that share a database write a heartbeat to it; a server without
 * a recent heartbeat is gone.
 */
final class LostAnswers extends RegularWork {

	private static final Logger log = LoggerFactory.getLogger(LostAnswers.class);

	private static final Duration HEARTBEAT = Duration.ofSeconds(5);

	/** A server counts as gone after this time without a heartbeat. */
	private static final String SILENCE = "interval '20 seconds'";

	private final Database database;

	private final CutAnswers cut;

	private final UUID server;

	private final Runnable changed;

	LostAnswers(Database database, UUID server, Runnable changed) {
		super("The search for answers of servers that are gone",
				database.isPostgres() ? every(Duration.ZERO, HEARTBEAT) : Flux.just(0L));
		this.database = database;
		this.cut = new CutAnswers(database);
		this.server = server;
		this.changed = changed;
	}

	/**
	 * The lowest phase: answers go on while the server stops, and the last ones are
	 * stored at its end. Without a heartbeat another server would end them meanwhile.
	 */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

	@Override
	Mono<Void> run() {
		return endLost().filter((ended) -> ended > 0).doOnNext((ended) -> {
			log.info("{} answers broke off when their server went away", ended);
			this.changed.run();
		}).then();
	}

	/**
	 * Ends the answers of servers that are gone. Answers of this server are never ended:
	 * one may already be running before the first check.
	 * @return the number of ended answers
	 */
	Mono<Integer> endLost() {
		return this.database.isPostgres()
				? heartbeat().then(endAll(
						" and r.server_id not in (select id from server where alive_at > now() - " + SILENCE + ")"))
				: endAll("");
	}

	private Mono<Void> heartbeat() {
		return this.database.inTransaction((client) -> client.sql(
				"insert into server (id, alive_at) values (:id, now()) on conflict (id) do update set alive_at = now()")
			.bind("id", this.server)
			.then()
			.then(client.sql("delete from server where alive_at < now() - interval '1 day'").then()));
	}

	/**
	 * Ends answers of other servers.
	 * @param which a further SQL condition on the running answers
	 * @return the number of ended answers
	 */
	private Mono<Integer> endAll(String which) {
		return this.database
			.read((client) -> client
				.sql("select r.message_id, r.conversation_id from running_answer r where r.server_id <> :server"
						+ which)
				.bind("server", this.server)
				.map((row) -> new Lost(new MessageId(Rows.uuid(row, "message_id")),
						new ConversationId(Rows.uuid(row, "conversation_id"))))
				.all())
			.concatMap((lost) -> this.database
				.inTransaction((client) -> this.cut.end(client, lost.conversation(), lost.answer())))
			.collectList()
			.map(List::size);
	}

	private record Lost(MessageId answer, ConversationId conversation) {
	}

}
