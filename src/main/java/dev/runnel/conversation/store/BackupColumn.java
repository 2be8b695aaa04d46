package dev.runnel.conversation.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A column in a backup, where each value is a text or null.
 *
 * @param name the name of the column
 * @param reader reads a value from a row
 * @param parser converts a text back to a value
 */
record BackupColumn(String name, Reader reader, Function<String, Object> parser) {

	static BackupColumn id(String name) {
		return new BackupColumn(name, (row, column) -> row.getObject(column, UUID.class), UUID::fromString);
	}

	static BackupColumn text(String name) {
		return new BackupColumn(name, ResultSet::getString, (text) -> text);
	}

	static BackupColumn flag(String name) {
		return new BackupColumn(name, ResultSet::getBoolean, Boolean::valueOf);
	}

	static BackupColumn number(String name) {
		return new BackupColumn(name, ResultSet::getLong, Long::valueOf);
	}

	static BackupColumn decimal(String name) {
		return new BackupColumn(name, ResultSet::getBigDecimal, BigDecimal::new);
	}

	static BackupColumn day(String name) {
		return new BackupColumn(name, (row, column) -> row.getObject(column, LocalDate.class), LocalDate::parse);
	}

	static BackupColumn time(String name) {
		return new BackupColumn(name, (row, column) -> row.getObject(column, OffsetDateTime.class),
				OffsetDateTime::parse);
	}

	/**
	 * Reads a value.
	 * @param row the row
	 * @param column the number of the column, from 1 on
	 * @return the value as text; null for SQL null
	 * @throws SQLException if the value cannot be read
	 */
	@Nullable String read(ResultSet row, int column) throws SQLException {
		Object value = this.reader.read(row, column);
		if (value == null || row.wasNull()) {
			return null;
		}
		return (value instanceof BigDecimal decimal) ? decimal.toPlainString() : value.toString();
	}

	/** Reads a value from a row. */
	interface Reader {

		/**
		 * Reads a value.
		 * @param row the row
		 * @param column the number of the column, from 1 on
		 * @return the value; null or any value for SQL null
		 * @throws SQLException if the value cannot be read
		 */
		@Nullable Object read(ResultSet row, int column) throws SQLException;

	}

}
