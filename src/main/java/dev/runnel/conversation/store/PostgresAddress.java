package dev.runnel.conversation.store;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import org.jspecify.annotations.Nullable;

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

	/** The JDBC names of options, by their R2DBC names. */
	private static final Map<String, String> BOTH = Map.ofEntries(Map.entry("sslMode", "sslmode"),
			Map.entry("sslmode", "sslmode"), Map.entry("sslRootCert", "sslrootcert"), Map.entry("sslCert", "sslcert"),
			Map.entry("sslKey", "sslkey"), Map.entry("sslPassword", "sslpassword"),
			Map.entry("sslNegotiation", "sslNegotiation"), Map.entry("sslnegotiation", "sslNegotiation"),
			Map.entry("channelBinding", "channelBinding"), Map.entry("channel_binding", "channelBinding"),
			Map.entry("applicationName", "ApplicationName"), Map.entry("schema", "currentSchema"),
			Map.entry("currentSchema", "currentSchema"));

	/** Options that do not affect a migration. */
	private static final Set<String> R2DBC_ONLY = Set.of("autodetectExtensions", "compatibilityMode", "connectTimeout",
			"errorResponseLogLevel", "fetchSize", "forceBinary", "lockWaitTimeout", "maxMessageSize", "noticeLogLevel",
			"preferAttachedBuffers", "preparedStatementCacheQueries", "statementTimeout", "tcpKeepAlive", "tcpNoDelay",
			"timeZone");

	private static final String SSL = "ssl";

	private static final Set<String> MODES = Set.of("disable", "allow", "prefer", "require", "verify-ca",
			"verify-full");

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
		return new PostgresAddress(options, base(options) + query(parameters(url, options)));
	}

	private static String base(ConnectionFactoryOptions options) {
		Object port = options.hasOption(ConnectionFactoryOptions.PORT)
				? options.getRequiredValue(ConnectionFactoryOptions.PORT) : PORT;
		return "jdbc:postgresql://" + options.getRequiredValue(ConnectionFactoryOptions.HOST) + ":" + port + "/"
				+ options.getRequiredValue(ConnectionFactoryOptions.DATABASE);
	}

	private static Map<String, String> parameters(String url, ConnectionFactoryOptions options) {
		Map<String, String> parameters = new LinkedHashMap<>();
		for (String name : names(url)) {
			String carried = BOTH.get(name);
			if (carried != null) {
				parameters.put(carried, text(options, name));
			}
			else if (!name.equals(SSL) && !R2DBC_ONLY.contains(name)) {
				throw refused(name, "is unknown");
			}
		}
		checkMode(parameters);
		if (isSsl(options)) {
			parameters.putIfAbsent("sslmode", "verify-full");
		}
		if (verifies(parameters) && !parameters.containsKey("sslrootcert") && !parameters.containsKey("sslcert")) {
			// Like R2DBC, trust the certificates that the JVM trusts.
			parameters.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
		}
		return parameters;
	}

	private static List<String> names(String url) {
		List<String> names = new ArrayList<>();
		int query = url.indexOf('?');
		if (query >= 0) {
			for (String pair : url.substring(query + 1).split("[&#]")) {
				names.add(URLDecoder.decode(pair.split("=", 2)[0], StandardCharsets.UTF_8));
			}
		}
		names.removeIf(String::isEmpty);
		return names;
	}

	private static void checkMode(Map<String, String> parameters) {
		String mode = parameters.get("sslmode");
		if (mode != null && !MODES.contains(mode)) {
			throw refused("sslMode", "must be one of " + MODES.stream().sorted().toList());
		}
	}

	private static boolean isSsl(ConnectionFactoryOptions options) {
		String ssl = text(options, SSL).toLowerCase(Locale.ROOT);
		if (!Set.of("", "true", "false").contains(ssl)) {
			throw refused(SSL, "must be true or false");
		}
		return ssl.equals("true");
	}

	private static boolean verifies(Map<String, String> parameters) {
		return parameters.getOrDefault("sslmode", "").startsWith("verify");
	}

	private static IllegalArgumentException refused(String option, String why) {
		return new IllegalArgumentException("runnel.database-url has the option " + option + ", which " + why);
	}

	private static String text(ConnectionFactoryOptions options, String name) {
		@Nullable Object value = options.getValue(Option.valueOf(name));
		return (value != null) ? value.toString() : "";
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
