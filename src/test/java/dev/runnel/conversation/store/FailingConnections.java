package dev.runnel.conversation.store;

import java.util.function.UnaryOperator;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.R2dbcTransientResourceException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Connections that can be made to fail and to work again.
 */
final class FailingConnections implements ConnectionFactory {

	private final DatabaseConnections connections;

	private volatile UnaryOperator<Mono<Connection>> fault = UnaryOperator.identity();

	FailingConnections(DatabaseConnections connections) {
		this.connections = connections;
	}

	Database database() {
		return database(Schedulers.parallel());
	}

	Database database(Scheduler timers) {
		return new Database(DatabaseClient.create(this),
				TransactionalOperator.create(new R2dbcTransactionManager(this)), false, timers);
	}

	/** Makes new connections fail immediately. */
	void refuse() {
		this.fault = (connection) -> Mono.error(new R2dbcTransientResourceException("gone"));
	}

	/** Makes new connections hang. */
	void hang() {
		this.fault = (connection) -> Mono.never();
	}

	void work() {
		this.fault = UnaryOperator.identity();
	}

	@Override
	public Mono<Connection> create() {
		return Mono.defer(() -> this.fault.apply(this.connections.create()));
	}

	@Override
	public ConnectionFactoryMetadata getMetadata() {
		return this.connections.getMetadata();
	}

}
