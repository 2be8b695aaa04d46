package dev.runnel.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.Message;
import dev.runnel.markdown.MarkdownRenderer;
import dev.runnel.upstream.EmbeddedFiles;
import dev.runnel.upstream.Source;
import dev.runnel.web.Sha256;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;

/**
 * The current branch as one HTML page without external files. It uses the colours and the
 * prose styles of the chat page and renders messages like the chat page. It has the
 * attached files in it and no script, and its content security policy lets the browser
 * load and run nothing.
 */
final class HtmlFormat implements ExportFormat {

	/** The style sheets of the chat page, then the rules for files. */
	private static final List<String> STYLES = List.of("static/css/tokens.css", "static/css/prose.css",
			"static/css/code.css", "static/css/highlight.css", "static/css/limits.css", "static/css/formulas.css",
			"export/export.css");

	private static final String MESSAGES_END = "</main>";

	private final ITemplateEngine templates;

	private final String style;

	private final String policy;

	HtmlFormat(ITemplateEngine templates) {
		this.templates = templates;
		StringBuilder all = new StringBuilder("\n");
		STYLES.forEach((path) -> all.append(read(path)));
		this.style = all.toString();
		this.policy = "default-src 'none'; img-src data:; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
			.formatted(Base64.getEncoder().encodeToString(Sha256.of(this.style)));
	}

	private static String read(String path) {
		try {
			return new ClassPathResource(path).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String name() {
		return "html";
	}

	@Override
	public String extension() {
		return "html";
	}

	@Override
	public MediaType type() {
		return new MediaType("text", "html", StandardCharsets.UTF_8);
	}

	@Override
	public ConversationWriter write(ConversationHead head, FileWords words) {
		String page = render("export/conversation", words, Map.of("title", head.title(), "dates", words.dates(head),
				"language", words.locale().getLanguage(), "policy", this.policy, "style", this.style));
		return new Writer(words, page, page.lastIndexOf(MESSAGES_END));
	}

	/** Replaces NUL, which would end the text in some programs. */
	private String render(String template, FileWords words, Map<String, Object> values) {
		return this.templates.process(template, new Context(words.locale(), values)).replace('\0', '\uFFFD');
	}

	/** Writes the page around the messages, and each message by a template of its own. */
	private final class Writer implements ConversationWriter {

		private final FileWords words;

		private final String page;

		private final int messages;

		/** The number of messages so far. It is part of the ids of their notes. */
		private int count;

		private Writer(FileWords words, String page, int messages) {
			this.words = words;
			this.page = page;
			this.messages = messages;
		}

		@Override
		public byte[] start() {
			return FileText.bytes(this.page.substring(0, this.messages));
		}

		@Override
		public EmbeddedFiles message(Message message) {
			Map<String, Object> values = new HashMap<>();
			values.put("message", message);
			values.put("time", this.words.time(message.createdAt()));
			values.put("files", ShownFile.of(message));
			Answer answer = message.answer();
			values.put("html", MarkdownRenderer.renderForPage(message.content(), "m" + this.count,
					(answer != null) ? answer.citedPages() : List.of()));
			if (answer != null) {
				values.put("answer", answer);
				values.put("mock", answer.source() == Source.MOCK);
				values.put("thought", this.words.reasoning(answer));
				values.put("ending", this.words.ending(answer));
				values.put("reasoning", MarkdownRenderer.renderForPage(answer.reasoning(), "r" + this.count));
			}
			this.count++;
			return EmbeddedFiles.in(FileText.bytes(render("export/message", this.words, values)),
					message.attachments());
		}

		@Override
		public EmbeddedFiles end() {
			return FileText.plain(this.page.substring(this.messages));
		}

	}

}
