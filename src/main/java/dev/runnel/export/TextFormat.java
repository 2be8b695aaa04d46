package dev.runnel.export;

import java.nio.charset.StandardCharsets;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.Message;

import org.springframework.http.MediaType;

/**
 * The current branch as plain text.
 */
final class TextFormat implements ExportFormat {

	private static final String RULE = "-".repeat(72);

	@Override
	public String name() {
		return "text";
	}

	@Override
	public String extension() {
		return "txt";
	}

	@Override
	public MediaType type() {
		return new MediaType("text", "plain", StandardCharsets.UTF_8);
	}

	@Override
	public ConversationWriter write(ConversationHead head) {
		return new Writer(head);
	}

	private record Writer(ConversationHead head) implements ConversationWriter {

		@Override
		public byte[] start() {
			return bytes(this.head.title() + "\n" + FileWords.dates(this.head) + "\n");
		}

		@Override
		public byte[] message(Message message) {
			StringBuilder text = new StringBuilder("\n" + RULE + "\n" + FileWords.byline(message, ", ") + "\n");
			Answer answer = message.answer();
			if (answer != null && !answer.reasoning().isBlank()) {
				paragraph(text, "(" + FileWords.reasoning(answer) + ")\n" + answer.reasoning().stripTrailing()
						+ "\n(End of the reasoning)");
			}
			if (!message.content().isBlank()) {
				paragraph(text, message.content());
			}
			if (answer != null && !FileWords.ending(answer).isEmpty()) {
				paragraph(text, "(" + FileWords.ending(answer) + ")");
			}
			return bytes(text.toString());
		}

		@Override
		public byte[] end() {
			return bytes("");
		}

		private static void paragraph(StringBuilder text, String content) {
			text.append('\n').append(content.stripTrailing()).append('\n');
		}

		private static byte[] bytes(String text) {
			return text.getBytes(StandardCharsets.UTF_8);
		}

	}

}
