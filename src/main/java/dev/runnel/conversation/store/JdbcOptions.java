package dev.runnel.conversation.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import org.jspecify.annotations.Nullable;

/**
 * The options of a PostgreSQL address as the JDBC driver names them. The migration uses
 * JDBC, everything else R2DBC.
 */
final class JdbcOptions {

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

	private static final Set<String> CERTIFICATES = Set.of("sslrootcert", "sslcert");

	private JdbcOptions() {
	}

	/**
	 * Returns the options of the JDBC address.
	 * @param url the R2DBC address
	 * @param options the parsed address
	 * @return the values of the options, by their JDBC names
	 * @throws IllegalArgumentException if an option is invalid or cannot apply to both
	 * drivers
	 */
	static Map<String, String> of(String url, ConnectionFactoryOptions options) {
		Map<String, String> parameters = new LinkedHashMap<>();
		for (String name : names(url)) {
			String carried = BOTH.get(name);
			if (carried != null) {
				parameters.put(carried, text(options, name));
			}
			else {
				checkKnown(name);
			}
		}
		checkMode(parameters);
		if (isSsl(options)) {
			parameters.putIfAbsent("sslmode", "verify-full");
		}
		trustLikeR2dbc(parameters);
		return parameters;
	}

	private static void checkKnown(String name) {
		if (!name.equals(SSL) && !R2DBC_ONLY.contains(name)) {
			throw refused(name, "is unknown");
		}
	}

	/**
	 * Like R2DBC, trusts the certificates that the JVM trusts, unless others are named.
	 */
	private static void trustLikeR2dbc(Map<String, String> parameters) {
		if (verifies(parameters) && Collections.disjoint(parameters.keySet(), CERTIFICATES)) {
			parameters.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
		}
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

}
