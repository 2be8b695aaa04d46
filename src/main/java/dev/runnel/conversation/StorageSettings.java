package dev.runnel.conversation;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Where things are kept.
 *
 * @param dataDir the directory of all that is kept, made at the first start: the embedded
 * database, its search index, the secret of the visitors' cookies; "mem" keeps everything
 * in memory and forgets it at the end
 * @param databaseUrl a PostgreSQL database for the conversations, in place of the
 * embedded one: r2dbc:postgresql://user:password@host:port/database. Needed where several
 * servers share them
 */
@ConfigurationProperties("runnel")
record StorageSettings(@DefaultValue("data") String dataDir, @Nullable String databaseUrl) {

	private static final String MEMORY = "mem";

	StorageSettings {
		if (!StringUtils.hasText(dataDir)) {
			throw new IllegalArgumentException("runnel.data-dir must be a directory, or mem for none");
		}
		if (StringUtils.hasText(databaseUrl) && !databaseUrl.matches("r2dbcs?:postgres(ql)?://[^/?]+/[^/?]+.*")) {
			throw new IllegalArgumentException(
					"runnel.database-url must be an address such as r2dbc:postgresql://user:password@host:5432/database");
		}
	}

	boolean usesPostgres() {
		return StringUtils.hasText(this.databaseUrl);
	}

	/** Whether nothing outlives the process. */
	boolean inMemory() {
		return this.dataDir.equals(MEMORY);
	}

	Path directory() {
		return Path.of(this.dataDir).toAbsolutePath().normalize();
	}

	/** The address may hold a password. */
	@Override
	public String toString() {
		return "StorageSettings[dataDir=" + this.dataDir + ", usesPostgres=" + usesPostgres() + "]";
	}

}
