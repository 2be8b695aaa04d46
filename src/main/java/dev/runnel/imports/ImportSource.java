package dev.runnel.imports;

import java.io.Closeable;

import org.jspecify.annotations.Nullable;

/**
 * Reads the conversations of a file one by one, so that only one is in memory. It reads
 * from a disk, so it must not run on an event loop. Only one thread at a time may use it.
 */
interface ImportSource extends Closeable {

	/**
	 * Reads the next item of the file.
	 * @return the item; null after the last one
	 */
	@Nullable ImportItem next();

}
