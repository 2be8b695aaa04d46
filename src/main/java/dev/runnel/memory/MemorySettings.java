package dev.runnel.memory;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How much memory work may take.
 *
 * @param max the most heap that streams, temporary chats, imports and answers not stored
 * yet may take together; at the bound new work is refused. Empty: half of what the heap
 * has beyond 64 MB
 */
@ConfigurationProperties("runnel.memory")
record MemorySettings(@Nullable DataSize max) {

	/**
	 * What the server itself takes: 34 MB without any work, and what the database and the
	 * search index hold while they write. Measured.
	 */
	private static final DataSize SERVER = DataSize.ofMegabytes(64);

	private static final DataSize LEAST = DataSize.ofMegabytes(4);

	MemorySettings {
		if (max != null && max.compareTo(LEAST) < 0) {
			throw new IllegalArgumentException("runnel.memory.max must be at least 4MB");
		}
	}

	/**
	 * The bound.
	 * @param heap the most that the heap may have, in bytes
	 * @return bytes
	 */
	long bound(long heap) {
		return (this.max != null) ? this.max.toBytes() : Math.max(LEAST.toBytes(), (heap - SERVER.toBytes()) / 2);
	}

}
