package dev.runnel.imports;

import java.io.Closeable;

import org.jspecify.annotations.Nullable;

/**
 * Gives what a file holds, one conversation after the other, and never holds more than
 * one. It reads from a disk, so it is not for an event loop. Used by one thread at a
 * time.
 */
interface ImportSource extends Closeable {

	/**
	 * The next thing in the file.
	 * @return what it is; null after the last
	 */
	@Nullable ImportItem next();

}
