package dev.runnel.conversation.store;

import java.util.function.Function;

import dev.runnel.conversation.Turn;
import io.r2dbc.spi.Connection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * An attempt to store the first turn of a new conversation. The database may retry it;
 * the last run counts.
 */
final class Opening {

	private final Function<Connection, Mono<Turn>> store;

	private volatile @Nullable Turn turn;

	private volatile @Nullable Throwable failure;

	/**
	 * Creates an attempt.
	 * @param store inserts the turn
	 */
	Opening(Function<Connection, Mono<Turn>> store) {
		this.store = store;
	}

	Mono<Void> run(Connection connection) {
		return Mono.defer(() -> {
			this.turn = null;
			return this.store.apply(connection).doOnNext((made) -> this.turn = made).then();
		});
	}

	/** Notes that the turn is not stored. */
	void fail(Throwable ex) {
		this.failure = ex;
	}

	/**
	 * The turn that the transaction has inserted and may not have committed.
	 * @return the turn; null before that
	 */
	@Nullable Turn turn() {
		return this.turn;
	}

	/** Returns the stored turn, or the failure. */
	Mono<Turn> result() {
		Throwable failed = this.failure;
		return (failed != null) ? Mono.error(failed) : Mono.justOrEmpty(this.turn);
	}

}
