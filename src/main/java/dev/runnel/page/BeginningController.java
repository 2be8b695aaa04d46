package dev.runnel.page;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Conversations;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.memory.ResponseRoom;
import dev.runnel.web.ProblemException;
import dev.runnel.web.RenderingThreads;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Serves the beginning of a very long text, which the page of its conversation leaves
 * out. The address has the number of pieces, so that no text is missing or repeated if
 * the text has grown after the page was sent.
 */
@RestController
final class BeginningController {

	private static final String ADDRESS = "/ai-demo/c/{id:[0-9a-fA-F-]{36}}/beginning/{message:[0-9a-fA-F-]{36}}";

	/** Follows each piece. No HTML of a text contains a comment. */
	private static final String END_OF_PIECE = "<!---->";

	private final Conversations conversations;

	private final ResponseRoom room;

	BeginningController(Conversations conversations, ResponseRoom room) {
		this.conversations = conversations;
		this.room = room;
	}

	/** Returns the first pieces of a message, each of them in an element. */
	@GetMapping(path = ADDRESS + "/{pieces:[0-9]{1,9}}", produces = MediaType.TEXT_HTML_VALUE)
	Mono<ResponseEntity<Flux<String>>> content(Visitor visitor, @PathVariable UUID id, @PathVariable UUID message,
			@PathVariable int pieces, ServerWebExchange exchange) {
		return beginning(read(visitor, id, message, exchange), ShownText::content, pieces);
	}

	/** Returns the first pieces of the reasoning of an answer. */
	@GetMapping(path = ADDRESS + "/reasoning/{pieces:[0-9]{1,9}}", produces = MediaType.TEXT_HTML_VALUE)
	Mono<ResponseEntity<Flux<String>>> reasoning(Visitor visitor, @PathVariable UUID id, @PathVariable UUID message,
			@PathVariable int pieces, ServerWebExchange exchange) {
		return beginning(read(visitor, id, message, exchange), BeginningController::reasoningOf, pieces);
	}

	private static Mono<ResponseEntity<Flux<String>>> beginning(Mono<Message> message,
			Function<Message, List<Pieces.Piece>> text, int pieces) {
		return message.flatMap((found) -> RenderingThreads.stored(() -> text.apply(found)))
			.map((all) -> ResponseEntity.ok()
				.cacheControl(CacheControl.noStore())
				.body(html(all.subList(0, Math.min(pieces, all.size())))));
	}

	private Mono<Message> read(Visitor visitor, UUID id, UUID message, ServerWebExchange exchange) {
		ConversationId conversation = new ConversationId(id);
		return this.conversations.length(visitor, conversation)
			.doOnNext((length) -> this.room.enter(exchange, length.heapInPages()))
			.then(Mono.defer(() -> find(visitor, conversation, new MessageId(message))));
	}

	private Mono<Message> find(Visitor visitor, ConversationId conversation, MessageId sought) {
		return this.conversations.messages(visitor, conversation)
			.filter((each) -> each.id().equals(sought))
			.next()
			.switchIfEmpty(Mono.error(() -> ProblemException.notFound("message")));
	}

	private static List<Pieces.Piece> reasoningOf(Message message) {
		Answer answer = message.answer();
		if (answer == null) {
			throw ProblemException.notFound("reasoning");
		}
		return ShownText.reasoning(message, answer);
	}

	private static Flux<String> html(List<Pieces.Piece> pieces) {
		return Flux.fromIterable(pieces)
			.map((piece) -> "<div class=\"block%s\">%s</div>%s".formatted(piece.isCut() ? " cut" : "", piece.html(),
					END_OF_PIECE));
	}

}
