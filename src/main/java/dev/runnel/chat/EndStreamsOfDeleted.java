package dev.runnel.chat;

import dev.runnel.conversation.ConversationDeleted;
import dev.runnel.stream.EndRequest;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamState;
import dev.runnel.stream.StreamStatus;
import dev.runnel.stream.StreamStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Ends the running streams of a deleted conversation.
 */
@Component
final class EndStreamsOfDeleted {

	private static final Logger log = LoggerFactory.getLogger(EndStreamsOfDeleted.class);

	private final StreamStore<ChatEvent> streams;

	EndStreamsOfDeleted(StreamStore<ChatEvent> streams) {
		this.streams = streams;
	}

	@EventListener
	void deleted(ConversationDeleted event) {
		this.streams.list(event.owner())
			.filter((status) -> isRunningIn(status, event))
			.flatMap((status) -> stop(event, status.subject().id()))
			.subscribe((done) -> {
			}, (ex) -> log.error("Could not end the streams of conversation {}", event.conversation(), ex));
	}

	private static boolean isRunningIn(StreamStatus status, ConversationDeleted event) {
		return status.state() == StreamState.RUNNING
				&& status.subject().conversationId().equals(event.conversation().value());
	}

	private Mono<Void> stop(ConversationDeleted event, StreamId id) {
		Mono<StreamLog<ChatEvent>> stream = this.streams.find(event.owner(), id);
		return stream.flatMap((log) -> log.requestEnd(EndRequest.STOP));
	}

}
