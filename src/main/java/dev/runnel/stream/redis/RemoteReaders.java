package dev.runnel.stream.redis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.runnel.stream.LogEntry;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamLog;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * Keeps a stream of this server running while it has readers on other servers: it gets a
 * reader that requests nothing.
 */
final class RemoteReaders {

	private final Map<StreamId, StreamLog<?>> logs = new ConcurrentHashMap<>();

	private final Map<StreamId, IdleReader> readers = new ConcurrentHashMap<>();

	void opened(StreamLog<?> log) {
		this.logs.put(log.status().subject().id(), log);
	}

	/**
	 * Forgets a stream that has ended.
	 * @param id the stream
	 */
	void ended(StreamId id) {
		this.logs.remove(id);
		update(id, 0);
	}

	/**
	 * The log of a running stream of this server.
	 * @param id the stream
	 * @return the log; null if there is none
	 */
	@Nullable StreamLog<?> log(StreamId id) {
		return this.logs.get(id);
	}

	/** Whether no stream of this server has a writer any more. */
	boolean isEmpty() {
		return this.logs.isEmpty();
	}

	/** Whether other servers read a stream of this server. */
	boolean hasReader(StreamId id) {
		return this.readers.containsKey(id);
	}

	/**
	 * Updates whether other servers read a stream.
	 * @param id the stream
	 * @param servers how many do
	 */
	void update(StreamId id, long servers) {
		if (servers == 0) {
			IdleReader left = this.readers.remove(id);
			if (left != null) {
				left.cancel();
			}
			return;
		}
		// Within the map, so that no reader begins when the stream has just ended.
		this.logs.computeIfPresent(id, (key, log) -> {
			this.readers.computeIfAbsent(id, (missing) -> idleReader(log));
			return log;
		});
	}

	private static IdleReader idleReader(StreamLog<?> log) {
		IdleReader reader = new IdleReader();
		log.read(Long.MAX_VALUE).subscribe(reader);
		return reader;
	}

	private static final class IdleReader extends BaseSubscriber<LogEntry> {

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			// Nothing is requested.
		}

	}

}
