package dev.runnel.conversation.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Counts the connections that a database takes from the pool, and keeps the statements.
 * Each query outside of a transaction takes a connection.
 */
final class CountingConnections implements ConnectionFactory {

	private final AtomicInteger taken = new AtomicInteger();

	private final List<String> statements = new CopyOnWriteArrayList<>();

	private final DatabaseConnections connections;

	private volatile Mono<Void> free = Mono.empty();

	CountingConnections(DatabaseConnections connections) {
		this.connections = connections;
	}

	Database database(boolean postgres) {
		return new Database(DatabaseClient.create(this),
				TransactionalOperator.create(new R2dbcTransactionManager(this)), postgres);
	}

	/** Lets whoever asks for a connection wait until then. */
	void waitFor(Mono<Void> until) {
		this.free = until;
	}

	int taken() {
		return this.taken.get();
	}

	/** The statements since the last call, in order. */
	List<String> newStatements() {
		List<String> since = List.copyOf(this.statements);
		this.statements.clear();
		return since;
	}

	@Override
	public Mono<Connection> create() {
		return Mono.defer(() -> {
			this.taken.incrementAndGet();
			return this.free.then(this.connections.create()).map(this::recording);
		});
	}

	private Connection recording(Connection connection) {
		Class<Connection> type = Connection.class;
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> call(connection, method, arguments)));
	}

	private Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
		if (method.getName().equals("createStatement")) {
			this.statements.add((String) arguments[0]);
		}
		try {
			return method.invoke(connection, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	@Override
	public ConnectionFactoryMetadata getMetadata() {
		return this.connections.getMetadata();
	}

}
