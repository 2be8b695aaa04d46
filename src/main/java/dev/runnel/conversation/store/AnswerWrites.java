package dev.runnel.conversation.store;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.Turn;
import dev.runnel.upstream.Origin;
import io.r2dbc.spi.Connection;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The statements that write parts and ends of answers.
 */
final class AnswerWrites {

	private static final NamedStatement END = new NamedStatement(
			"update message set content = :content, reasoning = :reasoning, state = :state,"
					+ " source = :source, model = :model, provider = :provider, fallback = :fallback,"
					+ " finish_reason = :finish,"
					+ " prompt_tokens = :prompt, completion_tokens = :completion, reasoning_tokens = :thought,"
					+ " cached_tokens = :cached, cost = :cost, first_token_ms = :first,"
					+ " thinking_ms = :thinking, total_ms = :total, citations = :citations"
					+ " where id = :id and state in ('STREAMING', 'INTERRUPTED') and not exists (select 1"
					+ " from running_answer r where r.message_id = :id and r.server_id <> :server)");

	/**
	 * Locks the answers that get a part, so that an answer cannot be deleted between the
	 * check of its row and the insert of the part. The embedded database takes no lock
	 * for a foreign key.
	 */
	private static final NamedStatement LOCK = new NamedStatement(
			"select message_id from running_answer where message_id = any(:ids) for update");

	/**
	 * Runs in the transaction that writes the text, so that no text is stored under a
	 * wrong origin.
	 */
	private static final NamedStatement ORIGIN = new NamedStatement(
			"update message set source = :source, model = :model, provider = :provider, fallback = :fallback"
					+ " where id = :id and exists (select 1 from running_answer r where r.message_id = :id"
					+ " and r.server_id = :server)");

	/** Runs in the transaction that writes the text again. */
	private static final NamedStatement FORGET_PARTS = new NamedStatement(
			"delete from answer_part where message_id in (select r.message_id from running_answer r"
					+ " where r.message_id = :id and r.server_id = :server)");

	private static final NamedStatement PART = new NamedStatement(
			"insert into answer_part (message_id, number, content, reasoning)"
					+ " select r.message_id, (select count(*) from answer_part p where p.message_id = r.message_id),"
					+ " :content, :reasoning from running_answer r where r.message_id = :id and r.server_id = :server");

	private static final NamedStatement RELEASE = new NamedStatement(
			"delete from running_answer where message_id = any(:ids) and server_id = :server");

	private final Database database;

	private final UUID server;

	private final ExpenseWrites expenses;

	AnswerWrites(Database database, UUID server) {
		this.database = database;
		this.server = server;
		this.expenses = new ExpenseWrites(database.isPostgres());
	}

	/**
	 * Writes parts and ends of answers, and what the ended ones cost.
	 * @param connection the connection of the transaction
	 * @param taken the writes, at most one for each answer
	 * @return a Mono that completes when they are written
	 */
	Mono<Void> write(Connection connection, List<PendingWrite> taken) {
		List<PendingWrite> ended = taken.stream().filter(PendingWrite::isEnd).toList();
		return count(connection, ended).then(lock(connection, taken))
			.thenMany(Flux.fromIterable(taken).concatMap((pending) -> write(connection, pending)))
			.then(release(connection, ended))
			.then(spend(connection, ended));
	}

	/**
	 * Writes what ended answers cost. The rows are new, so no other writer waits for
	 * them.
	 * @param connection the connection of the transaction
	 * @param ended the ends
	 * @return a Mono that completes when they are written
	 */
	Mono<Void> spend(Connection connection, List<PendingWrite> ended) {
		return Flux.fromIterable(ended)
			.concatMapIterable(PendingWrite::expenses)
			.concatMap((expense) -> this.expenses.write(connection, expense))
			.then();
	}

	/**
	 * Counts the growth of the conversations before a row of a message is locked, always
	 * in the same order. So no writer waits in a circle with another writer or with a
	 * deletion.
	 */
	private Mono<Void> count(Connection connection, List<PendingWrite> ended) {
		return Flux.fromIterable(ended)
			.sort(Comparator.comparing((pending) -> pending.turn().conversation().value()))
			.concatMap((pending) -> count(connection, pending))
			.then();
	}

	private Mono<Void> count(Connection connection, PendingWrite pending) {
		Answer end = pending.end();
		return (end != null) ? ConversationSizes.ended(connection, pending.turn(), end, this.server) : Mono.empty();
	}

	private static Mono<Void> lock(Connection connection, List<PendingWrite> taken) {
		UUID[] growing = taken.stream()
			.filter((pending) -> !pending.isEnd())
			.map((pending) -> pending.turn().answerId().value())
			.toArray(UUID[]::new);
		return (growing.length == 0) ? Mono.empty() : LOCK.run(connection, Map.of("ids", growing));
	}

	private Mono<Void> write(Connection connection, PendingWrite pending) {
		Answer end = pending.end();
		return (end != null) ? writeEnd(connection, pending.turn(), end) : writePart(connection, pending);
	}

	/**
	 * Writes a part only if the answer is still assigned to this server. It may have been
	 * deleted meanwhile.
	 */
	private Mono<Void> writePart(Connection connection, PendingWrite pending) {
		AnswerDelta part = pending.part();
		Turn turn = pending.turn();
		Mono<Void> origin = (part.origin() != null) ? writeOrigin(connection, turn, part.origin()) : Mono.empty();
		Mono<Void> space = part.replaces() ? FORGET_PARTS.run(connection, parameters(turn)) : Mono.empty();
		return part.isEmpty() ? origin : origin.then(space).then(writeText(connection, turn, part));
	}

	private Mono<Void> writeOrigin(Connection connection, Turn turn, Origin origin) {
		Map<String, Object> parameters = parameters(turn);
		AnswerRow.put(parameters, origin);
		return ORIGIN.run(connection, parameters);
	}

	/** The parameters of a statement that writes an answer of this server. */
	private Map<String, Object> parameters(Turn turn) {
		Map<String, Object> parameters = new HashMap<>();
		parameters.put("id", turn.answerId().value());
		parameters.put("server", this.server);
		return parameters;
	}

	private Mono<Void> writeText(Connection connection, Turn turn, AnswerDelta part) {
		Map<String, Object> parameters = parameters(turn);
		parameters.put("content", ConversationText.storable(part.content()));
		parameters.put("reasoning", ConversationText.storable(part.reasoning()));
		return PART.run(connection, parameters);
	}

	/**
	 * Writes the end of an answer. Another server may have marked the answer as
	 * interrupted because it considered this server dead. The end then still replaces the
	 * text, unless the answer is being continued there.
	 */
	private Mono<Void> writeEnd(Connection connection, Turn turn, Answer end) {
		Map<String, Object> parameters = parameters(turn);
		AnswerRow.put(parameters, end);
		return END.run(connection, parameters);
	}

	/**
	 * Deletes the rows that assign ended answers to this server, and adds the ended
	 * answers to the search index. One statement does so for the whole batch.
	 */
	private Mono<Void> release(Connection connection, List<PendingWrite> ended) {
		if (ended.isEmpty()) {
			return Mono.empty();
		}
		List<Turn> turns = ended.stream().map(PendingWrite::turn).toList();
		UUID[] answers = turns.stream().map((turn) -> turn.answerId().value()).toArray(UUID[]::new);
		return RELEASE.run(connection, Map.of("ids", answers, "server", this.server))
			.then(SearchTasks.add(this.database, connection, turns));
	}

}
