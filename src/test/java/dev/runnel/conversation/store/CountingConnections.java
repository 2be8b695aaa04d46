package dev.runnel.conversation.store;

import java.util.concurrent.atomic.AtomicInteger;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Counts the connections that a database takes: each query takes one.
 */
final class CountingConnections implements ConnectionFactory {

	private final AtomicInteger taken = new AtomicInteger();

	private final DatabaseConnections connections;

	CountingConnections(DatabaseConnections connections) {
		this.connections = connections;
	}

	Database database(boolean postgres) {
		return new Database(DatabaseClient.create(this),
				TransactionalOperator.create(new R2dbcTransactionManager(this)), postgres);
	}

	int taken() {
		return this.taken.get();
	}

	@Override
	public Mono<Connection> create() {
		return Mono.defer(() -> {
			this.taken.incrementAndGet();
			return this.connections.create();
		});
	}

	@Override
	public ConnectionFactoryMetadata getMetadata() {
		return this.connections.getMetadata();
	}

}
