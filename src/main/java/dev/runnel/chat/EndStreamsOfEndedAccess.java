package dev.runnel.chat;

import java.util.UUID;

import dev.runnel.stream.EndRequest;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamState;
import dev.runnel.stream.StreamStore;
import dev.runnel.stream.StreamSubject;
import dev.runnel.web.AccessEnded;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Ends the running streams of a visitor who is locked out. If only a session or a key
 * ends, the streams that it asked for go on as long as another session or key reads them.
 * A session that is renewed in its browser leaves them as they are.
 */
@Component
final class EndStreamsOfEndedAccess {

	private static final Logger log = LoggerFactory.getLogger(EndStreamsOfEndedAccess.class);

	private final StreamStore<ChatEvent> streams;

	EndStreamsOfEndedAccess(StreamStore<ChatEvent> streams) {
		this.streams = streams;
	}

	/** Each server hears of it, and ends the streams that it writes. */
	@EventListener
	void ended(AccessEnded event) {
		if (!event.renewed()) {
			end(event.visitor(), event.access()).subscribe((done) -> {
			}, (ex) -> log.error("Could not end the streams of a visitor whose access has ended", ex));
		}
	}

	private Flux<Void> end(Visitor visitor, @Nullable UUID access) {
		return (access == null) ? stopAll(visitor) : endUnread(visitor, access);
	}

	private Flux<Void> stopAll(Visitor visitor) {
		return this.streams.list(visitor)
			.filter((status) -> status.state() == StreamState.RUNNING)
			.flatMap((status) -> this.streams.find(visitor, status.subject().id()))
			.flatMap((stream) -> stream.requestEnd(EndRequest.STOP));
	}

	private Flux<Void> endUnread(Visitor visitor, UUID access) {
		return this.streams.running()
			.filter((stream) -> isOf(stream.status().subject(), visitor, access))
			.doOnNext(StreamLog::endUnread)
			.flatMap((stream) -> Mono.empty());
	}

	private static boolean isOf(StreamSubject subject, Visitor visitor, UUID access) {
		return subject.owner().equals(visitor) && access.equals(subject.access());
	}

}
