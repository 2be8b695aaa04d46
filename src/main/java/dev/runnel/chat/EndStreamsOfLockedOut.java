package dev.runnel.chat;

import dev.runnel.stream.EndRequest;
import dev.runnel.stream.StreamState;
import dev.runnel.stream.StreamStore;
import dev.runnel.web.AccessEnded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Ends the running streams of a visitor who is locked out. If only a session of the
 * visitor ends, its readers end and the stream goes on for the usual grace period.
 */
@Component
final class EndStreamsOfLockedOut {

	private static final Logger log = LoggerFactory.getLogger(EndStreamsOfLockedOut.class);

	private final StreamStore<ChatEvent> streams;

	EndStreamsOfLockedOut(StreamStore<ChatEvent> streams) {
		this.streams = streams;
	}

	@EventListener
	void ended(AccessEnded event) {
		if (event.access() == null) {
			this.streams.list(event.visitor())
				.filter((status) -> status.state() == StreamState.RUNNING)
				.flatMap((status) -> this.streams.find(event.visitor(), status.subject().id()))
				.flatMap((stream) -> stream.requestEnd(EndRequest.STOP))
				.subscribe((done) -> {
				}, (ex) -> log.error("Could not end the streams of a visitor who is locked out", ex));
		}
	}

}
