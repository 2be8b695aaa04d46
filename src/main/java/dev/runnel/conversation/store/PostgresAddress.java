package dev.runnel.conversation.store;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

import io.r2dbc.spi.ConnectionFactoryOptions;

/**
 * The address of a PostgreSQL database for both drivers: R2DBC reads and writes, JDBC
 * migrates the schema. Options for security and for the schema apply to both. Unknown
 * options are rejected: the drivers would ignore them, and a misspelt {@code sslMode}
 * would send the password unencrypted.
 *
 * @param options the options for R2DBC
 * @param jdbc the address for JDBC, without user and password
 */
record PostgresAddress(ConnectionFactoryOptions options, String jdbc) {

	private static final int PORT = 5432;

	/**
	 * Parses an address.
	 * @param url the address: r2dbc:postgresql://user:password@host:port/database?options
	 * @return the parsed address
	 * @throws IllegalArgumentException if the address is invalid or has an option that
	 * cannot apply to both drivers; the message never contains the address, which may
	 * contain a password
	 */
	static PostgresAddress parse(String url) {
		ConnectionFactoryOptions options;
		try {
			options = ConnectionFactoryOptions.parse(url);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("runnel.database-url is not an address of the form"
					+ " r2dbc:postgresql://user:password@host:5432/database");
		}
		return new PostgresAddress(options, base(options) + query(JdbcOptions.of(url, options)));
	}

	private static String base(ConnectionFactoryOptions options) {
		Object port = options.hasOption(ConnectionFactoryOptions.PORT)
				? options.getRequiredValue(ConnectionFactoryOptions.PORT) : PORT;
		return "jdbc:postgresql://" + options.getRequiredValue(ConnectionFactoryOptions.HOST) + ":" + port + "/"
				+ options.getRequiredValue(ConnectionFactoryOptions.DATABASE);
	}

	private static String query(Map<String, String> parameters) {
		return parameters.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&", parameters.isEmpty() ? "" : "?", ""));
	}

	/**
	 * Only the address without options is shown, because options may contain a password.
	 */
	@Override
	public String toString() {
		return "PostgresAddress[" + this.jdbc.split("\\?", 2)[0] + "]";
	}

}
