package dev.runnel.chat;

import jakarta.validation.Valid;

import dev.runnel.stream.EndRequest;
import dev.runnel.stream.LogEntry;
import dev.runnel.stream.ServerSentEvents;
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
 * Answers a question: as a stream of server-sent events, or as one JSON document.
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
	 * Streams the answer while the model writes. The response is the first reader of the
	 * turn's log. If it ends early, the turn goes on, unless the caller has no grace
	 * period: then the turn ends too.
	 */
	@PostMapping(path = "/api/chat/stream", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Mono<ResponseEntity<Flux<ServerSentEvent<LogEntry>>>> stream(Caller caller,
			@Valid @RequestBody ChatRequest request) {
		AnswerTexts texts = request.wantsHtml() ? AnswerTexts.rendered(this.settings.renderingTime())
				: AnswerTexts.plain();
		return this.chat.begin(caller, request, texts)
			.map((turn) -> this.events.response(caller.hasGrace() ? turn.log().read(0) : withoutGrace(turn)));
	}

	private static Flux<LogEntry> withoutGrace(RunningTurn turn) {
		turn.events().stayHere();
		return Flux.usingWhen(Mono.just(turn.log()), (running) -> running.read(0), (running) -> Mono.empty(),
				(running, ex) -> Mono.empty(), (running) -> running.requestEnd(EndRequest.ABANDONED));
	}

	/**
	 * Answers when the answer is complete. The client cannot read this answer again
	 * later, so the turn is stopped if the client disconnects.
	 */
	@PostMapping(path = "/api/chat", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ChatAnswer> answer(Caller caller, @Valid @RequestBody ChatRequest request) {
		Mono<RunningTurn> begun = this.chat.begin(caller, request, AnswerTexts.plain()).cache();
		return begun.flatMap((turn) -> whole(turn, request.wantsHtml())).doOnCancel(() -> stop(begun));
	}

	private static Mono<ChatAnswer> whole(RunningTurn turn, boolean wantsHtml) {
		turn.events().stayHere();
		return turn.log()
			.read(0)
			.then(turn.outcome())
			.flatMap((outcome) -> RenderingThreads.stored(() -> outcome.answerOrProblem(turn.turn(), wantsHtml)));
	}

	/** Stops the turn, even one that is still being started. */
	private static void stop(Mono<RunningTurn> begun) {
		begun.flatMap((turn) -> turn.log().requestEnd(EndRequest.STOP)).subscribe((done) -> {
		}, (ex) -> log.debug("A turn whose client disconnected did not begin", ex));
	}

}
