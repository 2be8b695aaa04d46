package dev.runnel.markdown;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Emphasis and strikethrough in Chinese, Japanese and Korean text. The cases are those of
 * the CJK-friendly amendments to CommonMark.
 */
class CjkFriendlyTests {

	private record Case(String markdown, String html) {
	}

	private static List<Case> cases() throws IOException {
		String resource = "/cjk-friendly/cases.txt";
		try (InputStream in = Objects.requireNonNull(CjkFriendlyTests.class.getResourceAsStream(resource))) {
			List<Case> cases = new ArrayList<>();
			for (String pair : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n\n")) {
				String[] lines = pair.split("\n");
				cases.add(new Case(lines[0], lines[1]));
			}
			return cases;
		}
	}

	@Test
	void readsTheCasesOfTheAmendmentsAsTheyDo() throws IOException {
		List<Case> cases = cases();
		assertThat(cases).hasSizeGreaterThan(100).allSatisfy((each) -> {
			String html = MarkdownRenderer.render(each.markdown())
				.replace(" target=\"_blank\" rel=\"noopener noreferrer nofollow\"", "")
				.strip();
			assertThat(html).isEqualTo(each.html());
		});
	}

	@Test
	void streamsTheCases() throws IOException {
		for (Case each : cases()) {
			Reader.read(Pieces.of(each.markdown(), 1));
			Reader.read(Pieces.random(each.markdown(), each.markdown().length()));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "含**“重点”**内容，请看**注意：**正文;含<strong>“重点”</strong>内容，请看<strong>注意：</strong>正文",
					"含**「重点」**内容;含<strong>「重点」</strong>内容", "旧~~「値段」~~新;旧<del>「値段」</del>新",
					"2~3 hours and costs 40~50 dollars;2~3 hours and costs 40~50 dollars", "a ~b~ c;a ~b~ c",
					"~~~a~~~ b;~~~a~~~ b" })
	void readsTheMarksOfAText(String markdown, String html) {
		assertThat(MarkdownRenderer.render("p " + markdown)).isEqualTo("<p>p " + html + "</p>\n");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "请看https://example.com/guide，详见文档。;https://example.com/guide",
					"（https://example.com/a?b=c）;https://example.com/a?b=c", "“www.example.com”;http://www.example.com",
					"见https://zh.example.org/wiki/中国。;https://zh.example.org/wiki/%E4%B8%AD%E5%9B%BD",
					"写信给u@example.org、谢谢;mailto:u@example.org" })
	void endsAnAddressBeforeTheSentenceGoesOn(String markdown, String href) {
		assertThat(MarkdownRenderer.render(markdown)).contains("<a href=\"" + href + "\" ");
		Reader.read(Pieces.of(markdown + "正文**重点**。", 1));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "- > 25: expensive;<li>&gt; 25: expensive</li>", "1. >= $5;<li>&gt;= $5</li>",
			"> - > 3 apples;<li>&gt; 3 apples</li>", "* - > -1;<li>&gt; -1</li>" })
	void keepsTheSignOfAComparison(String markdown, String item) {
		assertThat(MarkdownRenderer.render(markdown)).contains(item);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "- > word", "- > 1. first", "> 25", "- > - 5", "- a" })
	void keepsAQuotation(String markdown) {
		assertThat(MarkdownRenderer.render(markdown)).doesNotContain("&gt;");
	}

}
