package dev.runnel.accounts;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the columns of the account tables.
 */
final class Columns {

	/** The columns for {@link #account}. */
	static final String ACCOUNT = "a.id, a.name, a.role, a.disabled, a.created_at";

	private Columns() {
	}

	static Account account(Readable row) {
		return new Account(uuid(row, "id"), text(row, "name"), Role.valueOf(text(row, "role")),
				Boolean.TRUE.equals(row.get("disabled", Boolean.class)), time(row, "created_at"));
	}

	static UUID uuid(Readable row, String column) {
		return Objects.requireNonNull(row.get(column, UUID.class), column);
	}

	static String text(Readable row, String column) {
		return Objects.requireNonNull(row.get(column, String.class), column);
	}

	static Instant time(Readable row, String column) {
		return Objects.requireNonNull(row.get(column, OffsetDateTime.class), column).toInstant();
	}

	static @Nullable Instant timeOrNull(Readable row, String column) {
		OffsetDateTime time = row.get(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

	/** Converts a time to its stored form, to the millisecond. */
	static OffsetDateTime stored(Instant time) {
		return Instant.ofEpochMilli(time.toEpochMilli()).atOffset(ZoneOffset.UTC);
	}

}
