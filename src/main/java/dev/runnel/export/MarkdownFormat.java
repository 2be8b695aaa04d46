package dev.runnel.export;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.Message;
import dev.runnel.upstream.Citation;
import dev.runnel.upstream.EmbeddedFiles;

import org.springframework.http.MediaType;

/**
 * The current branch as Markdown, with each text as it was written.
 */
final class MarkdownFormat implements ExportFormat {

	private static final Pattern MARKS = Pattern.compile("[\\\\`*_\\[\\]<>&#~|$]");

	@Override
	public String name() {
		return "markdown";
	}

	@Override
	public String extension() {
		return "md";
	}

	@Override
	public MediaType type() {
		return new MediaType("text", "markdown", StandardCharsets.UTF_8);
	}

	@Override
	public ConversationWriter write(ConversationHead head, FileWords words) {
		return new Writer(head, words);
	}

	private record Writer(ConversationHead head, FileWords words) implements ConversationWriter {

		@Override
		public byte[] start() {
			return FileText.bytes("# " + escape(this.head.title()) + "\n\n" + this.words.dates(this.head) + "\n");
		}

		@Override
		public EmbeddedFiles message(Message message) {
			StringBuilder text = new StringBuilder("\n## " + escape(this.words.byline(message, " · ")) + "\n");
			Answer answer = message.answer();
			if (answer != null) {
				FileText.paragraph(text, reasoning(answer));
			}
			FileText.paragraph(text, OpenFence.close(message.content()));
			FileText.paragraph(text, escape(this.words.files(message)));
			if (answer != null) {
				FileText.paragraph(text, citations(answer));
				FileText.paragraph(text, ending(answer));
			}
			return FileText.plain(text.toString());
		}

		private String reasoning(Answer answer) {
			return answer.reasoning().isBlank() ? ""
					: quote(this.words.reasoning(answer) + ":\n\n" + OpenFence.close(answer.reasoning()));
		}

		/** A numbered list of links. The numbers are those in the text. */
		private String citations(Answer answer) {
			List<String> lines = new ArrayList<>();
			for (Citation page : answer.citations()) {
				lines.add((lines.size() + 1) + ". [" + escape(page.name()) + "](<" + page.url() + ">)");
			}
			return lines.isEmpty() ? ""
					: this.words.text("conversation.citations") + ":\n\n" + String.join("\n", lines);
		}

		private String ending(Answer answer) {
			String ending = this.words.ending(answer);
			return ending.isEmpty() ? "" : "*" + ending + "*";
		}

		@Override
		public EmbeddedFiles end() {
			return FileText.plain("");
		}

		private static String quote(String text) {
			return text.lines().map((line) -> ("> " + line).stripTrailing()).collect(Collectors.joining("\n"));
		}

		private static String escape(String line) {
			return MARKS.matcher(line).replaceAll("\\\\$0");
		}

	}

}
