package dev.runnel.conversation.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A statement with named parameters that changes or locks rows, and that each turn runs.
 * Its names become numbers once, and several statements of a transaction use the same
 * connection. Spring's client would build the text again and look for the connection for
 * each execution.
 */
final class NamedStatement {

	private static final Pattern NAME = Pattern.compile(":([a-z_]+)");

	/** The text with a number for each name, as both drivers read it. */
	private final String sql;

	/** The names in the order of their numbers. */
	private final List<String> names;

	NamedStatement(String sql) {
		List<String> found = new ArrayList<>();
		this.sql = NAME.matcher(sql).replaceAll((name) -> Matcher.quoteReplacement("$" + number(found, name.group(1))));
		this.names = List.copyOf(found);
	}

	private static int number(List<String> names, String name) {
		if (!names.contains(name)) {
			names.add(name);
		}
		return names.indexOf(name) + 1;
	}

	/**
	 * Runs the statement.
	 * @param connection the connection of the transaction
	 * @param parameters a value for each name
	 * @return completes when the statement has run; an error of the driver
	 */
	Mono<Void> run(Connection connection, Map<String, ?> parameters) {
		return Flux.defer(() -> Flux.<Result>from(statement(connection, parameters).execute()))
			.flatMap(Result::getRowsUpdated)
			.then();
	}

	private Statement statement(Connection connection, Map<String, ?> parameters) {
		Statement statement = connection.createStatement(this.sql);
		for (int i = 0; i < this.names.size(); i++) {
			bind(statement, i, Objects.requireNonNull(parameters.get(this.names.get(i)), this.names.get(i)));
		}
		return statement;
	}

	/**
	 * Binds a value as it is. The driver of the embedded database tries each of its types
	 * before it looks into a wrapper.
	 */
	private static void bind(Statement statement, int index, Object value) {
		if (!(value instanceof Parameter wrapper)) {
			statement.bind(index, value);
		}
		else if (wrapper.getValue() != null) {
			statement.bind(index, wrapper.getValue());
		}
		else {
			statement.bindNull(index, wrapper.getType().getJavaType());
		}
	}

	@Override
	public String toString() {
		return this.sql;
	}

}
