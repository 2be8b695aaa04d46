/**
 * The download of a backup, for admins.
 * <p>
 * Start at {@link dev.runnel.backup.BackupController}. The format of the file and the
 * command line for it are in {@code conversation.store} ({@code Backup}). This package
 * uses {@code accounts}, {@code conversation.store}, {@code data} and {@code web}.
 */
@NullMarked
package dev.runnel.backup;

import org.jspecify.annotations.NullMarked;
