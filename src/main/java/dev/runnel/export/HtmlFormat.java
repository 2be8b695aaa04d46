package dev.runnel.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.ConversationHead;
import dev.runnel.conversation.Message;
import dev.runnel.markdown.MarkdownRenderer;
import dev.runnel.upstream.Source;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.util.HtmlUtils;

/**
 * The current branch as one HTML page without external files. It uses the colours and the
 * prose styles of the chat page and renders answers like the chat page. It has no script,
 * and its content security policy lets the browser load and run nothing.
 */
final class HtmlFormat implements ExportFormat {

	/**
	 * The style sheets of the chat page, so that both look the same, then the rules for
	 * files.
	 */
	private static final List<String> STYLES = List.of("static/css/tokens.css", "static/css/code.css",
			"static/css/formulas.css", "export/export.css");

	private static final String START = """
			<!DOCTYPE html>
			<html lang="en">
			<head>
			<meta charset="UTF-8">
			<meta http-equiv="Content-Security-Policy" content="%s">
			<meta name="referrer" content="no-referrer">
			<meta name="viewport" content="width=device-width, initial-scale=1">
			<meta name="color-scheme" content="light dark">
			<title>%s</title>
			<style>%s</style>
			</head>
			<body>
			<header>
			<h1 dir="auto">%s</h1>
			<p>%s</p>
			</header>
			<main>
			""";

	private static final String END = "</main>\n</body>\n</html>\n";

	private final String style;

	private final String policy;

	HtmlFormat() {
		StringBuilder all = new StringBuilder("\n");
		STYLES.forEach((path) -> all.append(read(path)));
		this.style = all.toString();
		this.policy = "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
			.formatted(sha256(this.style));
	}

	private static String read(String path) {
		try {
			return new ClassPathResource(path).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String sha256(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java has SHA-256", ex);
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
	public ConversationWriter write(ConversationHead head) {
		return new Writer(head);
	}

	private final class Writer implements ConversationWriter {

		private final ConversationHead head;

		private Writer(ConversationHead head) {
			this.head = head;
		}

		@Override
		public byte[] start() {
			String title = escape(this.head.title());
			return bytes(START.formatted(HtmlFormat.this.policy, title, HtmlFormat.this.style, title,
					escape(FileWords.dates(this.head))));
		}

		@Override
		public byte[] message(Message message) {
			StringBuilder html = new StringBuilder();
			Answer answer = message.answer();
			html.append("<article class=\"turn\" data-role=\"").append(message.role().wireName()).append("\">\n");
			if (answer == null) {
				question(html, message);
			}
			else {
				answer(html, message, answer);
			}
			return bytes(html.append("</article>\n").toString());
		}

		private static void question(StringBuilder html, Message message) {
			html.append("<p class=\"byline\"><span>You</span> ");
			time(html, message);
			html.append("</p>\n<div class=\"said\" dir=\"auto\">").append(escape(message.content())).append("</div>\n");
		}

		private static void answer(StringBuilder html, Message message, Answer answer) {
			html.append("<p class=\"byline\">");
			if (answer.source() == Source.MOCK) {
				html.append("<span class=\"mock\">Mock answer</span> ");
			}
			else {
				html.append("<span>Answer</span> ");
				span(html, "model", answer.model());
			}
			time(html, message);
			html.append("</p>\n");
			if (!answer.reasoning().isBlank()) {
				html.append("<details class=\"reasoning\"><summary>")
					.append(FileWords.reasoning(answer))
					.append("</summary>\n<div class=\"reasoning-text\" dir=\"auto\">")
					.append(escape(answer.reasoning()))
					.append("</div></details>\n");
			}
			html.append("<div class=\"prose\" dir=\"auto\">\n")
				.append(MarkdownRenderer.render(message.content()))
				.append("</div>\n");
			if (!FileWords.ending(answer).isEmpty()) {
				html.append("<p class=\"ending\">").append(FileWords.ending(answer)).append("</p>\n");
			}
		}

		private static void span(StringBuilder html, String type, @Nullable String text) {
			if (text != null) {
				html.append("<span class=\"").append(type).append("\">").append(escape(text)).append("</span> ");
			}
		}

		private static void time(StringBuilder html, Message message) {
			html.append("<time datetime=\"")
				.append(message.createdAt())
				.append("\">")
				.append(FileWords.time(message.createdAt()))
				.append("</time>");
		}

		@Override
		public byte[] end() {
			return bytes(END);
		}

		/** Escapes HTML and replaces NUL, which would end the text in some programs. */
		private static String escape(String text) {
			return HtmlUtils.htmlEscape(text, "UTF-8").replace('\0', '\uFFFD');
		}

		private static byte[] bytes(String text) {
			return text.getBytes(StandardCharsets.UTF_8);
		}

	}

}
