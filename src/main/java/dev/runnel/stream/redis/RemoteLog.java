package dev.runnel.stream.redis;

import dev.runnel.stream.EndRequest;
import dev.runnel.stream.LogEntry;
import dev.runnel.stream.StreamEvent;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamState;
import dev.runnel.stream.StreamStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A log that another server writes. It can be read and asked to end.
 *
 * @param <E> the events
 */
final class RemoteLog<E extends StreamEvent> implements StreamLog<E> {

	private final StreamStatus status;

	private final SharedKeys.Head head;

	private final RemoteEntries entries;

	private final NodeRequests requests;

	RemoteLog(StreamStatus status, SharedKeys.Head head, RemoteEntries entries, NodeRequests requests) {
		this.status = status;
		this.head = head;
		this.entries = entries;
		this.requests = requests;
	}

	@Override
	public StreamStatus status() {
		return this.status;
	}

	@Override
	public void append(E event) {
		throw new IllegalStateException("another server writes this log");
	}

	@Override
	public boolean hasRoom() {
		return true;
	}

	@Override
	public Mono<Void> awaitRoom() {
		return Mono.empty();
	}

	@Override
	public void close(E event, StreamState state) {
		throw new IllegalStateException("another server writes this log");
	}

	@Override
	public void handOver() {
		throw new IllegalStateException("another server writes this log");
	}

	@Override
	public Flux<LogEntry> read(long after) {
		return this.entries.follow(this.head.subject().id(), after, () -> this.requests.tellReader(this.head));
	}

	@Override
	public Flux<LogEntry> copy(long after) {
		return this.entries.follow(this.head.subject().id(), after, () -> {
		});
	}

	/** A reader holds one page of entries at a time, however much it lacks. */
	@Override
	public long backlogBytes(long after) {
		return 0;
	}

	@Override
	public Mono<Void> requestEnd(EndRequest request) {
		return this.requests.end(this.head, request);
	}

	@Override
	public void endUnread() {
		throw new IllegalStateException("another server writes this log");
	}

	@Override
	public Mono<EndRequest> endRequested() {
		return Mono.empty();
	}

}
