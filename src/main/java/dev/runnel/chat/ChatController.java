package dev.runnel.chat;

import jakarta.validation.Valid;

import dev.runnel.stream.EndRequest;
import dev.runnel.stream.LogEntry;
import dev.runnel.stream.ServerSentEvents;
import dev.runnel.stream.StreamLog;
import dev.runnel.web.Caller;
import dev.runnel.web.RenderingThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Asks a question: as a stream of server-sent events, or for one JSON answer.
 */
@RestController
final class ChatController {

	private static final Logger log = LoggerFactory.getLogger(ChatController.class);

	private final ChatSettings settings;

	private final ChatService chat;

	private final ServerSentEvents events;

	ChatController(ChatSettings settings, ChatService chat, ServerSentEvents events) {
		this.settings = settings;
		this.chat = chat;
		this.events = events;
	}

	/**
	 * Answers as the model writes. The response is the first reader of the turn's log;
	 * that it ends early does not end the turn, unless a stranger asked.
	 */
	@PostMapping(path = "/api/chat/stream", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Mono<ResponseEntity<Flux<ServerSentEvent<LogEntry>>>> stream(Caller caller,
			@Valid @RequestBody ChatRequest request) {
		AnswerText text = request.wantsHtml() ? new AnswerText.Rendered(this.settings.renderingTime())
				: new AnswerText.Plain();
		return this.chat.begin(caller, request, text)
			.map((turn) -> this.events.response(caller.hasGrace() ? turn.log().read(0) : withoutGrace(turn.log())));
	}

	private static Flux<LogEntry> withoutGrace(StreamLog<ChatEvent> log) {
		return Flux.usingWhen(Mono.just(log), (running) -> running.read(0), (running) -> Mono.empty(),
				(running, ex) -> Mono.empty(), (running) -> running.requestEnd(EndRequest.ABANDONED));
	}

	/**
	 * Answers when the model has written it all. Whoever asked cannot read the answer
	 * again, so a turn whose asker goes away is stopped.
	 */
	@PostMapping(path = "/api/chat", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ChatAnswer> answer(Caller caller, @Valid @RequestBody ChatRequest request) {
		Mono<RunningTurn> begun = this.chat.begin(caller, request, new AnswerText.Plain()).cache();
		return begun.flatMap((turn) -> whole(turn, request.wantsHtml())).doOnCancel(() -> stop(begun));
	}

	private static Mono<ChatAnswer> whole(RunningTurn turn, boolean wantsHtml) {
		return turn.log()
			.read(0)
			.then(turn.outcome())
			.publishOn(RenderingThreads.stored())
			.map((outcome) -> outcome.answerOrProblem(turn.turn(), wantsHtml));
	}

	/** Also a turn that is still beginning when its asker goes away. */
	private static void stop(Mono<RunningTurn> begun) {
		begun.flatMap((turn) -> turn.log().requestEnd(EndRequest.STOP)).subscribe((done) -> {
		}, (ex) -> log.debug("A turn without an asker did not begin", ex));
	}

}
