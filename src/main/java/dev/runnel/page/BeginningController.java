package dev.runnel.page;

import java.util.List;
import java.util.UUID;

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
 * Serves the beginning of a very long answer, which the page of its conversation leaves
 * out. The address has the number of pieces, so that no text is missing or repeated if
 * the answer has grown after the page was sent.
 */
@RestController
final class BeginningController {

	/** Follows each piece. No HTML of an answer contains a comment. */
	private static final String END_OF_PIECE = "<!---->";

	private final Conversations conversations;

	private final ResponseRoom room;

	BeginningController(Conversations conversations, ResponseRoom room) {
		this.conversations = conversations;
		this.room = room;
	}

	/** Returns the first pieces of an answer, each of them in an element. */
	@GetMapping(path = "/ai-demo/c/{id:[0-9a-fA-F-]{36}}/beginning/{message:[0-9a-fA-F-]{36}}/{pieces:[0-9]{1,9}}",
			produces = MediaType.TEXT_HTML_VALUE)
	Mono<ResponseEntity<Flux<String>>> beginning(Visitor visitor, @PathVariable UUID id, @PathVariable UUID message,
			@PathVariable int pieces, ServerWebExchange exchange) {
		ConversationId conversation = new ConversationId(id);
		return this.conversations.length(visitor, conversation)
			.doOnNext((length) -> this.room.enter(exchange, length.heapInPages()))
			.then(Mono.defer(() -> answer(visitor, conversation, new MessageId(message))))
			.flatMap((found) -> RenderingThreads.stored(() -> ShownBranch.pieces(found)))
			.map((all) -> ResponseEntity.ok()
				.cacheControl(CacheControl.noStore())
				.body(html(all.subList(0, Math.min(pieces, all.size())))));
	}

	private Mono<Message> answer(Visitor visitor, ConversationId conversation, MessageId sought) {
		return this.conversations.messages(visitor, conversation)
			.filter((each) -> each.id().equals(sought) && each.answer() != null)
			.next()
			.switchIfEmpty(Mono.error(() -> ProblemException.notFound("answer")));
	}

	private static Flux<String> html(List<Pieces.Piece> pieces) {
		return Flux.fromIterable(pieces)
			.map((piece) -> "<div class=\"block%s\">%s</div>%s".formatted(piece.isCut() ? " cut" : "", piece.html(),
					END_OF_PIECE));
	}

}
