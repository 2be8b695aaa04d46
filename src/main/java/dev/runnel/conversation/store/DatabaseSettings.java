package dev.runnel.conversation.store;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;

/**
 * The database that stores the conversations.
 *
 * @param databaseUrl a PostgreSQL database for the conversations, in place of the
 * embedded one: r2dbc:postgresql://user:password@host:port/database. Needed if several
 * servers share the conversations
 */
@ConfigurationProperties("runnel")
record DatabaseSettings(@Nullable String databaseUrl) {

	DatabaseSettings {
		if (StringUtils.hasText(databaseUrl) && !databaseUrl.matches("r2dbcs?:postgres(ql)?://[^/?]+/[^/?]+.*")) {
			throw new IllegalArgumentException(
					"runnel.database-url must be an address such as r2dbc:postgresql://user:password@host:5432/database");
		}
	}

	boolean usesPostgres() {
		return StringUtils.hasText(this.databaseUrl);
	}

	/** The address is omitted because it may contain a password. */
	@Override
	public String toString() {
		return "DatabaseSettings[usesPostgres=" + usesPostgres() + "]";
	}

}
