package dev.runnel.memory;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How much memory work may take.
 *
 * @param max the maximum heap for streams, temporary chats, imports, answers not stored
 * yet, request bodies and conversations that are being sent, all together; beyond it new
 * work is refused. Not set: half of what the heap has beyond 64 MB
 */
@ConfigurationProperties("runnel.memory")
record MemorySettings(@Nullable DataSize max) {

	/**
	 * The heap of the server itself, measured: 34 MB without any work, plus the buffers
	 * of the database and the search index while they write.
	 */
	private static final DataSize SERVER = DataSize.ofMegabytes(64);

	private static final DataSize MIN = DataSize.ofMegabytes(4);

	MemorySettings {
		if (max != null && max.compareTo(MIN) < 0) {
			throw new IllegalArgumentException("runnel.memory.max must be at least 4MB");
		}
	}

	/**
	 * Returns the limit.
	 * @param heap the largest heap size, in bytes
	 * @return the limit, in bytes
	 */
	long bound(long heap) {
		return (this.max != null) ? this.max.toBytes() : Math.max(MIN.toBytes(), (heap - SERVER.toBytes()) / 2);
	}

}
