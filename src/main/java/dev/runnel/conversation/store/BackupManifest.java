package dev.runnel.conversation.store;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The description of a backup, in its last file.
 *
 * @param format the name of the format
 * @param version the version of the format
 * @param createdAt when the backup was written, in ISO 8601
 * @param rows the number of rows, by table
 */
record BackupManifest(@Nullable String format, int version, @Nullable String createdAt,
		@Nullable Map<String, Long> rows) {

	/** The name of the zip entry. */
	static final String FILE = "backup.json";

	static final String FORMAT = "runnel-backup";

	static final int VERSION = 1;

}
