package dev.runnel.chat;

import java.util.UUID;

import dev.runnel.memory.ResponseRoom;
import dev.runnel.stream.EndRequest;
import dev.runnel.stream.LogEntry;
import dev.runnel.stream.ServerSentEvents;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamLog;
import dev.runnel.stream.StreamStatus;
import dev.runnel.stream.StreamStore;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Lists, replays and stops streams that run or ended recently.
 */
@RestController
final class StreamController {

	/**
	 * The encoded size of a log, as a multiple of its heap: quotes and such are escaped.
	 */
	private static final int ENCODED = 2;

	private final StreamStore<ChatEvent> streams;

	private final ServerSentEvents events;

	private final ResponseRoom room;

	StreamController(StreamStore<ChatEvent> streams, ServerSentEvents events, ResponseRoom room) {
		this.streams = streams;
		this.events = events;
		this.room = room;
	}

	/** The visitor's streams, newest first. */
	@GetMapping("/api/chat/streams")
	Flux<StreamView> list(Visitor visitor) {
		return this.streams.list(visitor).map(StreamView::of);
	}

	/** The events after a given one, and all later events. */
	@GetMapping("/api/chat/stream/{streamId}")
	Mono<ResponseEntity<Flux<ServerSentEvent<LogEntry>>>> read(Visitor visitor, @PathVariable UUID streamId,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
			@RequestParam(required = false) @Nullable String after, ServerWebExchange exchange) {
		long from = (lastEventId != null) ? number("Last-Event-ID", lastEventId)
				: (after != null) ? number("after", after) : 0;
		return find(visitor, streamId).map((log) -> {
			this.room.enter(exchange, log.backlogBytes(from) * ENCODED);
			return this.events.response(log.read(from));
		});
	}

	/** Stops the answer at its current length. */
	@DeleteMapping("/api/chat/stream/{streamId}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> stop(Visitor visitor, @PathVariable UUID streamId) {
		return find(visitor, streamId).flatMap((log) -> log.requestEnd(EndRequest.STOP));
	}

	private Mono<StreamLog<ChatEvent>> find(Visitor visitor, UUID id) {
		return this.streams.find(visitor, new StreamId(id))
			.switchIfEmpty(Mono.error(() -> ProblemException.notFound("stream")));
	}

	private static long number(String name, String value) {
		try {
			long number = Long.parseLong(value.trim());
			if (number >= 0) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// Handled below, like a negative number.
		}
		throw ProblemException.field(name, "must be the number of an event");
	}

	/** A stream, as in the wire contract. */
	record StreamView(String streamId, String conversationId, String messageId, String state, long lastEventId,
			String startedAt) {

		static StreamView of(StreamStatus status) {
			return new StreamView(status.subject().id().toString(), status.subject().conversationId().toString(),
					status.subject().messageId().toString(), status.state().wireName(), status.lastEventId(),
					status.startedAt().toString());
		}

	}

}
