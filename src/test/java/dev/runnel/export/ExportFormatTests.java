package dev.runnel.export;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.imports.ImportSamples;
import dev.runnel.markdown.MarkdownRenderer;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Citation;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Source;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The exact content of the exported files.
 */
class ExportFormatTests {

	private static final Attachment MAP = new Attachment(new UUID(0, 1), "a *map*.png", "image/png", 11, null, 800, 600,
			false, 640);

	private static final Attachment NOTES = new Attachment(new UUID(0, 2), "notes.txt", "text/plain", 9, null, null,
			null, true, 3);

	private static final ImportedConversation FILES = Samples.conversation("T",
			List.of(Samples.question(1, 0, "See?", List.of(MAP, NOTES)),
					Samples.answer(2, 1, Samples.answer(AnswerState.COMPLETE, "Yes.", Source.OPENROUTER)),
					Samples.question(3, 2, "And?", List.of(NOTES))));

	private final ImportedConversation branched = Samples.branched();

	@Test
	void markdownIsTheTextAsItWasWritten() {
		assertThat(Samples.write(new MarkdownFormat(), this.branched)).isEqualTo("""
				# Tea \\& \\<milk\\>

				Started Jan 31, 2026, 9:05 AM UTC · last message Jan 31, 2026, 9:06 AM UTC

				## You · Jan 31, 2026, 9:05 AM UTC

				How is tea <made>?

				## Answer · acme/chat-1 · Jan 31, 2026, 9:05 AM UTC

				> Thoughts:
				>
				> Tea, then.
				>
				> Simple.

				Pour *hot* water.

				## You · Jan 31, 2026, 9:05 AM UTC

				And *milk*?

				## Demo answer · Jan 31, 2026, 9:05 AM UTC

				First

				```sh
				boil
				```

				*The answer was stopped before its end.*
				""");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "en | Started Jan 31, 2026, 10:05 AM · last message Jan 31, 2026, 10:06 AM",
			"de | Begonnen 31.01.2026, 10:05 · letzte Nachricht 31.01.2026, 10:06" })
	void timesAreThoseOfTheReader(Locale locale, String dates) {
		FileWords words = new FileWords(Samples.MESSAGES, locale, ZoneId.of("Europe/Berlin"));
		assertThat(Samples.write(new MarkdownFormat(), this.branched, words)).contains(dates).doesNotContain("UTC");
	}

	@Test
	void sourcesAreANumberedListBelowTheAnswer() {
		Answer cited = Samples.answer(AnswerState.COMPLETE, "So [1][2].", Source.OPENROUTER)
			.withCitations(
					List.of(new Citation("https://a.example/1", "A *page*"), new Citation("https://b.example", null)));
		ImportedConversation conversation = Samples.conversation("T",
				List.of(Samples.question(1, 0, "How?"), Samples.answer(2, 1, cited)));
		assertThat(Samples.write(new MarkdownFormat(), conversation)).endsWith("So [1][2].\n\nSources:\n\n"
				+ "1. [A \\*page\\*](<https://a.example/1>)\n2. [https://b.example](<https://b.example>)\n");
		assertThat(Samples.write(new TextFormat(), conversation))
			.endsWith("So [1][2].\n\nSources:\n[1] A *page*, https://a.example/1\n[2] https://b.example\n");
		assertThat(Samples.write(Samples.html(), conversation)).contains(
				"<a class=\"citation\" href=\"https://a.example/1\"",
				"<ol class=\"citations\" aria-label=\"Sources\"><li dir=\"auto\">", ">A *page*</a></li>",
				"href=\"https://b.example\">https://b.example</a></li></ol>");
		String json = Samples.write(new JsonFormat(Samples.MAPPER), conversation);
		assertThat(json).contains("\"citations\":[{\"url\":\"https://a.example/1\",\"title\":\"A *page*\"},"
				+ "{\"url\":\"https://b.example\",\"title\":null}]");
		assertThat(ImportSamples.readOne(json).messages().get(1).answer().citations()).isEqualTo(cited.citations());
	}

	@Test
	void filesForPeopleNameTheFilesOfAQuestion() {
		assertThat(Samples.write(new MarkdownFormat(), FILES)).contains("See?\n\nFiles: a \\*map\\*.png, notes.txt\n");
		assertThat(Samples.write(new TextFormat(), FILES)).contains("See?\n\nFiles: a *map*.png, notes.txt\n");
	}

	@Test
	void htmlHasTheFilesInIt() {
		Document html = Jsoup.parse(Samples.write(Samples.html(), FILES));
		assertThat(html.selectFirst(".attached").attr("aria-label")).isEqualTo("Files");
		Element picture = html.selectFirst(".attached img");
		assertThat(picture.attr("alt")).isEqualTo("a *map*.png");
		assertThat(picture.attr("width")).isEqualTo("800");
		assertThat(picture.attr("src")).isEqualTo("data:image/png;base64," + base64("a *map*.png"));
		Element notes = html.selectFirst(".attached a");
		assertThat(notes.text()).isEqualTo("notes.txt");
		assertThat(notes.attr("download")).isEqualTo("notes.txt");
		assertThat(notes.attr("href")).isEqualTo("data:text/plain;base64," + base64("notes.txt"));
		assertThat(html.select(".attached")).hasSize(2);
	}

	@Test
	void jsonHasEachFileOnce() {
		String json = Samples.json(FILES);
		assertThat(json)
			.contains("\"content\":\"See?\",\"attachments\":[1,2]}", "\"content\":\"And?\",\"attachments\":[2]}")
			.endsWith("],\"files\":[{\"id\":1,\"name\":\"a *map*.png\",\"type\":\"image/png\",\"data\":\""
					+ base64("a *map*.png") + "\"},{\"id\":2,\"name\":\"notes.txt\",\"type\":\"text/plain\",\"data\":\""
					+ base64("notes.txt") + "\"}],\"current\":3}\n");
	}

	/** The content of a file is its name here. */
	private static String base64(String name) {
		return Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void addressesThatAreNoneOfTheWebAreNotImported() {
		Answer cited = Samples.answer(AnswerState.COMPLETE, "So [1].", Source.OPENROUTER)
			.withCitations(List.of(new Citation("https://a.example/1", null)));
		String json = Samples.write(new JsonFormat(Samples.MAPPER),
				Samples.conversation("T", List.of(Samples.question(1, 0, "How?"), Samples.answer(2, 1, cited))));
		String hostile = json.replace("https://a.example/1", "javascript:alert(1)");
		assertThat(ImportSamples.readOne(hostile).messages().get(1).answer().citations()).isEmpty();
	}

	@Test
	void textHasNoMarks() {
		assertThat(Samples.write(new TextFormat(), this.branched)).isEqualTo("""
				Tea & <milk>
				Started Jan 31, 2026, 9:05 AM UTC · last message Jan 31, 2026, 9:06 AM UTC

				------------------------------------------------------------------------
				You, Jan 31, 2026, 9:05 AM UTC

				How is tea <made>?

				------------------------------------------------------------------------
				Answer, acme/chat-1, Jan 31, 2026, 9:05 AM UTC

				(Thoughts)
				Tea, then.

				Simple.
				(End of the thoughts)

				Pour *hot* water.

				------------------------------------------------------------------------
				You, Jan 31, 2026, 9:05 AM UTC

				And *milk*?

				------------------------------------------------------------------------
				Demo answer, Jan 31, 2026, 9:05 AM UTC

				First

				```sh
				boil

				(The answer was stopped before its end.)
				""");
	}

	@Test
	void jsonIsTheWholeTreeWithNumbersForIdsAndItsOrigin() {
		assertThat(Samples.json(this.branched)).isEqualTo(
				"""
						{"format":"runnel-conversation","version":1,"title":"Tea & <milk>","titledByHand":false,"pinned":false,\
						"createdAt":"2026-01-31T09:05:00Z","updatedAt":"2026-01-31T09:06:00Z",\
						"origin":"runnel:00000000-0000-7000-8000-000000000007",\
						"settings":{"model":null,"system":null,"temperature":null,"topP":null,"maxTokens":null,"reasoningEffort":null,"webSearch":null},\
						"messages":[\
						{"id":1,"parent":null,"role":"user","createdAt":"2026-01-31T09:05:01Z","content":"How is tea <made>?"},\
						{"id":2,"parent":1,"role":"assistant","createdAt":"2026-01-31T09:05:02Z","content":"Pour *hot* water.",\
						"answer":{"state":"complete","reasoning":"Tea, then.\\n\\nSimple.","source":"openrouter",\
						"model":"acme/chat-1","provider":"Acme","finishReason":"stop",\
						"usage":{"promptTokens":12,"completionTokens":5,"reasoningTokens":2,"cachedTokens":0,"cost":0.00002},\
						"firstTokenMs":120,"totalMs":900}},\
						{"id":3,"parent":2,"role":"user","createdAt":"2026-01-31T09:05:03Z","content":"And coffee?"},\
						{"id":4,"parent":3,"role":"assistant","createdAt":"2026-01-31T09:05:04Z","content":"",\
						"answer":{"state":"failed","reasoning":"","source":"openrouter","model":"acme/chat-1","provider":"Acme",\
						"finishReason":"stop","usage":null,"firstTokenMs":null,"totalMs":null}},\
						{"id":5,"parent":2,"role":"user","createdAt":"2026-01-31T09:05:05Z","content":"And *milk*?"},\
						{"id":6,"parent":5,"role":"assistant","createdAt":"2026-01-31T09:05:06Z","content":"First\\n\\n```sh\\nboil",\
						"answer":{"state":"stopped","reasoning":"","source":"mock","model":"acme/chat-1","provider":"Acme",\
						"finishReason":"stop","usage":null,"firstTokenMs":null,"totalMs":null}}],"current":6}
						""");
	}

	@Test
	void htmlShowsTheTurnsAsTheyAreOnScreen() {
		String html = Samples.write(Samples.html(), this.branched);
		assertThat(html)
			.startsWith("<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"UTF-8\">\n")
			.endsWith("</main>\n</body>\n</html>\n");
		assertThat(html.substring(html.indexOf("<body>"), html.indexOf("</main>"))).isEqualTo(
				"""
						<body>
						<header>
						<h1 dir="auto">Tea &amp; &lt;milk&gt;</h1>
						<p>Started Jan 31, 2026, 9:05 AM UTC · last message Jan 31, 2026, 9:06 AM UTC</p>
						</header>
						<main>
						<article class="turn" data-role="user">
						<p class="byline"><span>You</span> <time datetime="2026-01-31T09:05:01Z">Jan 31, 2026, 9:05 AM UTC</time></p>
						<div class="said rendered" dir="auto">
						<p>How is tea &lt;made&gt;?</p>
						</div>
						</article>
						<article class="turn" data-role="assistant">
						<p class="byline"><span>Answer</span> <span class="model">acme/chat-1</span> <time datetime="2026-01-31T09:05:02Z">Jan 31, 2026, 9:05 AM UTC</time></p>
						<details class="reasoning"><summary>Thoughts</summary>
						<div class="reasoning-text rendered" dir="auto">
						<p>Tea, then.</p>
						<p>Simple.</p>
						</div></details>
						<div class="prose rendered" dir="auto">
						<p>Pour <em>hot</em> water.</p>
						</div>
						</article>
						<article class="turn" data-role="user">
						<p class="byline"><span>You</span> <time datetime="2026-01-31T09:05:05Z">Jan 31, 2026, 9:05 AM UTC</time></p>
						<div class="said rendered" dir="auto">
						<p>And <em>milk</em>?</p>
						</div>
						</article>
						<article class="turn" data-role="assistant">
						<p class="byline"><span class="mock">Demo answer</span> <time datetime="2026-01-31T09:05:06Z">Jan 31, 2026, 9:05 AM UTC</time></p>
						<div class="prose rendered" dir="auto">
						<p>First</p>
						<pre><code class="language-sh">boil
						</code></pre>
						</div>
						<p class="ending">The answer was stopped before its end.</p>
						</article>
						""");
	}

	@Test
	void htmlNeedsAndRunsNothing() throws Exception {
		String nasty = "<script>alert(1)</script> <img src=x onerror=alert(1)> </style>\n\n![i](https://e.org/i.png) [a](javascript:alert(1)) [a](//e.org/a) ![a](//e.org/i.png)";
		Answer answer = new Answer(AnswerState.COMPLETE, nasty, nasty, Source.OPENROUTER, "acme/chat-1", null,
				FinishReason.STOP, null, null, null);
		Document html = Jsoup
			.parse(Samples.write(Samples.html(), Samples.conversation("</title><script>alert(1)</script>",
					List.of(Samples.question(1, 0, nasty), Samples.answer(2, 1, answer)))));
		assertThat(html.select("script, link, iframe, object, img, [onerror], [style], [src]")).isEmpty();
		assertThat(html.select("[href]")).noneMatch((link) -> link.attr("href").startsWith("javascript"));
		assertThat(html.select("[href='https://e.org/a'], [href='https://e.org/i.png']")).as("no files of a host")
			.hasSize(9);
		String style = html.selectFirst("style").data();
		assertThat(html.select("style")).hasSize(1);
		assertThat(style).doesNotContain("@import", "url(");
		String hash = Base64.getEncoder()
			.encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
		assertThat(html.selectFirst("meta[http-equiv=Content-Security-Policy]").attr("content"))
			.isEqualTo("default-src 'none'; img-src data:; style-src 'sha256-" + hash
					+ "'; base-uri 'none'; form-action 'none'");
		assertThat(html.title()).isEqualTo("</title><script>alert(1)</script>");
	}

	@Test
	void htmlTakesATextForNothingButText() {
		String nasty = "[[${7*7}]] [(${7*7})] __${7*7}__ ${7*7} #{conversation.you} <b th:text=\"x\">&amp; \"'</main> \0.";
		String shown = nasty.replace('\0', '\uFFFD');
		String code = "`" + nasty + "`";
		Answer answer = new Answer(AnswerState.COMPLETE, code, code, Source.OPENROUTER, nasty, null, FinishReason.STOP,
				null, null, null);
		Document html = Jsoup.parse(Samples.write(Samples.html(),
				Samples.conversation(nasty, List.of(Samples.question(1, 0, code), Samples.answer(2, 1, answer)))));
		assertThat(html.title()).isEqualTo(shown);
		for (String place : List.of("h1", ".said code", ".model", ".reasoning-text code", ".prose code")) {
			assertThat(html.selectFirst("main " + place + ", header " + place).wholeText()).isEqualTo(shown);
		}
		assertThat(html.select("b, [th:text]")).isEmpty();
		assertThat(html.select("main")).hasSize(1);
	}

	@Test
	void filesForPeopleSpeakTheLanguageOfTheirReader() {
		Document german = Jsoup
			.parse(Samples.write(Samples.html(), this.branched, new FileWords(Samples.MESSAGES, Locale.GERMAN, null)));
		assertThat(german.selectFirst("html").attr("lang")).isEqualTo("de");
		assertThat(german.selectFirst("html").attr("dir")).isEqualTo("ltr");
		assertThat(german.selectFirst(".byline span").text()).isEqualTo("Sie");
		assertThat(german.selectFirst(".mock").text()).isEqualTo("Demo-Antwort");
		assertThat(german.selectFirst(".ending").text()).isEqualTo("Die Antwort wurde vor ihrem Ende gestoppt.");
		FileWords arabic = new FileWords(Samples.MESSAGES, Locale.forLanguageTag("ar"), null);
		assertThat(Samples.write(Samples.html(), this.branched, arabic)).contains("<html lang=\"ar\" dir=\"rtl\">");
		assertThat(Samples.write(new MarkdownFormat(), this.branched, arabic)).contains("## أنت · ");
		assertThat(Samples.write(new TextFormat(), this.branched, arabic)).contains("(نهاية الأفكار)");
	}

	@Test
	void htmlOfAnAnswerIsTheRenderersOwn() {
		String answer = "# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- [x] done\n\n$x^2$ [l](https://e.org)\n";
		String html = Samples.write(Samples.html(), Samples.conversation("T", List.of(Samples.question(1, 0, "q"),
				Samples.answer(2, 1, Samples.answer(AnswerState.COMPLETE, answer, Source.OPENROUTER)))));
		assertThat(html).contains("<div class=\"prose rendered\" dir=\"auto\">\n"
				+ MarkdownRenderer.renderForPage(answer, "m1") + "</div>");
	}

	@Test
	void htmlOfAQuestionAndOfReasoningIsTheRenderersOwn() {
		String text = "1. *one*\n\n```sh\nls\n```\n\nA note[^a]\n\n[^a]: here";
		Answer answer = new Answer(AnswerState.COMPLETE, text, text, Source.OPENROUTER, null, null, FinishReason.STOP,
				null, null, null);
		String html = Samples.write(Samples.html(),
				Samples.conversation("T", List.of(Samples.question(1, 0, text), Samples.answer(2, 1, answer))));
		assertThat(html).contains(
				"<div class=\"said rendered\" dir=\"auto\">\n" + MarkdownRenderer.renderForPage(text, "m0") + "</div>",
				"<div class=\"reasoning-text rendered\" dir=\"auto\">\n" + MarkdownRenderer.renderForPage(text, "r1")
						+ "</div>");
		List<String> ids = Jsoup.parse(html).select("[id]").eachAttr("id");
		assertThat(ids).hasSize(6).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@CsvSource({ "STREAMING,The answer was cut off.", "INTERRUPTED,The answer was cut off.",
			"FAILED,There was no answer." })
	void everyFileForPeopleSaysHowAnAnswerEnded(AnswerState state, String ending) {
		ImportedConversation conversation = Samples.conversation("T", List.of(Samples.question(1, 0, "q"),
				Samples.answer(2, 1, Samples.answer(state, "text", Source.OPENROUTER))));
		for (ExportFormat format : List.of(new MarkdownFormat(), new TextFormat(), Samples.html())) {
			assertThat(Samples.write(format, conversation)).contains(ending);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "```\\na | ```\\na\\n```", "~~~~ x\\na\\n~~~ | ~~~~ x\\na\\n~~~\\n~~~~",
					"```\\na\\n``` | ```\\na\\n```", "'    ```\\na' | '    ```\\na'", "a ``` b | a ``` b",
					"```\\n~~~\\n | ```\\n~~~\\n```", "``` a`b\\nc | ``` a`b\\nc" })
	void aFenceThatIsOpenIsClosed(String markdown, String closed) {
		assertThat(OpenFence.close(markdown.replace("\\n", "\n"))).isEqualTo(closed.replace("\\n", "\n"));
	}

}
