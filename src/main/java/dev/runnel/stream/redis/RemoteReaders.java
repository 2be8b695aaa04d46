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

	private final Map<StreamId, StandIn> standIns = new ConcurrentHashMap<>();

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

	/** Whether other servers read a stream of this server. */
	boolean hasReader(StreamId id) {
		return this.standIns.containsKey(id);
	}

	/**
	 * Updates whether other servers read a stream.
	 * @param id the stream
	 * @param servers how many do
	 */
	void update(StreamId id, long servers) {
		if (servers == 0) {
			StandIn left = this.standIns.remove(id);
			if (left != null) {
				left.cancel();
			}
			return;
		}
		StreamLog<?> log = this.logs.get(id);
		if (log != null) {
			this.standIns.computeIfAbsent(id, (key) -> standIn(log));
		}
	}

	private static StandIn standIn(StreamLog<?> log) {
		StandIn reader = new StandIn();
		log.read(Long.MAX_VALUE).subscribe(reader);
		return reader;
	}

	private static final class StandIn extends BaseSubscriber<LogEntry> {

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			// Nothing is requested.
		}

	}

}
