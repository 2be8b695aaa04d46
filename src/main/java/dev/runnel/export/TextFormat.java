package dev.runnel.export;

import java.nio.charset.StandardCharsets;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.Message;
import dev.runnel.upstream.Citation;
import dev.runnel.upstream.EmbeddedFiles;

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
	public ConversationWriter write(ConversationHead head, FileWords words) {
		return new Writer(head, words);
	}

	private record Writer(ConversationHead head, FileWords words) implements ConversationWriter {

		@Override
		public byte[] start() {
			return FileText.bytes(this.head.title() + "\n" + this.words.dates(this.head) + "\n");
		}

		@Override
		public EmbeddedFiles message(Message message) {
			StringBuilder text = new StringBuilder("\n" + RULE + "\n" + this.words.byline(message, ", ") + "\n");
			Answer answer = message.answer();
			if (answer != null) {
				FileText.paragraph(text, reasoning(answer));
			}
			FileText.paragraph(text, message.content());
			FileText.paragraph(text, this.words.files(message));
			if (answer != null) {
				FileText.paragraph(text, citations(answer));
				FileText.paragraph(text, ending(answer));
			}
			return FileText.plain(text.toString());
		}

		private String reasoning(Answer answer) {
			return answer.reasoning().isBlank() ? "" : "(" + this.words.reasoning(answer) + ")\n"
					+ answer.reasoning().stripTrailing() + "\n(" + this.words.text("file.reasoningEnd") + ")";
		}

		private String citations(Answer answer) {
			StringBuilder lines = new StringBuilder();
			int number = 0;
			for (Citation page : answer.citations()) {
				number++;
				lines.append("\n[").append(number).append("] ");
				lines.append((page.title() != null) ? page.title() + ", " : "").append(page.url());
			}
			return lines.isEmpty() ? "" : this.words.text("conversation.citations") + ":" + lines;
		}

		private String ending(Answer answer) {
			String ending = this.words.ending(answer);
			return ending.isEmpty() ? "" : "(" + ending + ")";
		}

		@Override
		public EmbeddedFiles end() {
			return FileText.plain("");
		}

	}

}
