package dev.runnel.conversation.store;

import java.time.Duration;
import java.util.List;

import dev.runnel.conversation.Turn;
import dev.runnel.web.ProblemException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Stores the first turns of new conversations. Their rows are new, so no transaction
 * waits for another one. In the embedded database, those that come while one is being
 * stored share the next transaction: it costs more than its statements.
 */
final class Openings implements AutoCloseable {

	private final Database database;

	private final SharedWork<Opening> shared;

	Openings(Database database) {
		this.database = database;
		this.shared = new SharedWork<>(this::storeAll, Duration.ZERO, Schedulers.parallel());
	}

	/**
	 * Stores a turn.
	 * @param opening the turn
	 * @return the committed turn, on the threads of the database
	 */
	Mono<Turn> store(Opening opening) {
		Mono<Void> stored = this.database.isPostgres() ? this.database.onConnection(opening::run)
				: this.shared.add(opening);
		return stored.then(Mono.defer(opening::result));
	}

	private Mono<Void> storeAll(List<Opening> openings) {
		return this.database
			.onConnection((connection) -> Flux.fromIterable(openings).concatMap((one) -> one.run(connection)).then())
			.onErrorResume(Openings::isOfOneTurn, (ex) -> storeEach(openings, ex));
	}

	private static boolean isOfOneTurn(Throwable ex) {
		return ex instanceof ProblemException || DatabaseErrors.isFinal(ex);
	}

	/**
	 * Stores each turn in a transaction of its own, to find the one that was refused. A
	 * planner may refuse a turn, and the database may reject a text.
	 */
	private Mono<Void> storeEach(List<Opening> openings, Throwable ex) {
		if (openings.size() == 1) {
			return Mono.fromRunnable(() -> openings.get(0).fail(ex));
		}
		return Flux.fromIterable(openings).concatMap(this::storeOne).then();
	}

	private Mono<Void> storeOne(Opening one) {
		return this.database.onConnection(one::run).onErrorResume((ex) -> Mono.fromRunnable(() -> one.fail(ex)));
	}

	@Override
	public void close() {
		this.shared.close();
	}

}
