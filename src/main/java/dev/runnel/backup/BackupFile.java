package dev.runnel.backup;

import java.nio.file.Path;

/**
 * A complete backup on the disk.
 *
 * @param path the file, which is deleted after its download
 * @param bytes the size of the file
 * @param conversations the number of conversations in it
 */
record BackupFile(Path path, long bytes, long conversations) {
}
