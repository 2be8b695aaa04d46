package dev.runnel.conversation.web;

import java.util.List;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.Conversations;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.web.ConversationController.HeadView;
import dev.runnel.web.JsonPieces;
import dev.runnel.web.RenderingThreads;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Writes a conversation with its messages as JSON, in pieces, while the messages are
 * read. Markdown is rendered on separate threads because rendering would block an event
 * loop.
 */
@Component
final class ConversationJson {

	private final Conversations conversations;

	private final JsonMapper mapper;

	ConversationJson(Conversations conversations, JsonMapper mapper) {
		this.conversations = conversations;
		this.mapper = mapper;
	}

	/**
	 * Writes a conversation as JSON.
	 * @param visitor the owner
	 * @param head the conversation
	 * @param html whether to render the messages to HTML
	 * @return the JSON in pieces
	 */
	Flux<byte[]> read(Visitor visitor, ConversationHead head, boolean html) {
		return Flux.defer(() -> {
			JsonPieces pieces = new JsonPieces(this.mapper);
			PieceSize size = new PieceSize();
			return Flux.concat(Mono.fromCallable(() -> start(pieces, head)),
					this.conversations.messages(visitor, head.id())
						.bufferUntil(size::isReached)
						.concatMap((messages) -> RenderingThreads.stored(() -> messages(pieces, messages, html)), 1),
					Mono.fromCallable(() -> end(pieces)));
		});
	}

	private static byte[] start(JsonPieces pieces, ConversationHead head) {
		HeadView view = HeadView.of(head);
		JsonGenerator json = pieces.json();
		json.writeStartObject();
		json.writeStringProperty("id", view.id());
		json.writeStringProperty("title", view.title());
		json.writeBooleanProperty("pinned", view.pinned());
		json.writeStringProperty("createdAt", view.createdAt());
		json.writeStringProperty("updatedAt", view.updatedAt());
		json.writePOJOProperty("currentMessageId", view.currentMessageId());
		json.writePOJOProperty("settings", view.settings());
		json.writeArrayPropertyStart("messages");
		return pieces.take();
	}

	private static byte[] messages(JsonPieces pieces, List<Message> messages, boolean html) {
		messages.forEach((message) -> pieces.json().writePOJO(MessageView.of(message, html)));
		return pieces.take();
	}

	private static byte[] end(JsonPieces pieces) {
		pieces.json().writeEndArray();
		pieces.json().writeEndObject();
		return pieces.take();
	}

	/**
	 * Limits the size of a piece: large enough to be worth a write, small enough to be
	 * held in memory. Must receive the messages one after another.
	 */
	private static final class PieceSize {

		private static final int MESSAGES = 16;

		private static final int CHARS = 100_000;

		private int messages;

		private int chars;

		boolean isReached(Message message) {
			this.messages++;
			this.chars += lengthOf(message);
			if (this.messages < MESSAGES && this.chars < CHARS) {
				return false;
			}
			this.messages = 0;
			this.chars = 0;
			return true;
		}

		private static int lengthOf(Message message) {
			Answer answer = message.answer();
			return message.content().length() + ((answer != null) ? answer.reasoning().length() : 0);
		}

	}

}
