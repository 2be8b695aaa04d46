package dev.runnel.markdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Only a short end waits, until its meaning is decided.
 */
class CalmTextTests {

	static final List<String> CALM = List.of("a **bold** b", "a *b* c", "a `b c` d", "a ~~b~~ c",
			"see [trail map](https://e.org/map) and more", "a $x^2$ b", "a \\(x\\) b", "a\n\n- b\n- c",
			"a\n\n* **b**: c\n* d", "a\n\n1. b\n2. c", "# Title\n\na", "a\n\n---\n\nb", "Title\n=====\n\na",
			"a\n\n```java\nint i;\n```\n\nb", "a\n\n~~~\nb\n~~~\nc", "a\n\n$$x = 1$$\n\nb",
			"a\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nc", "a\r\n\r\n| a |\r\n|---|\r\n| 1 |\r\n", "a &amp; b", "a<br>b",
			"H<sub>2</sub>O", "\u542b**\u91cd\u70b9**\u5185", "- [ ] a\n- [x] b\n", "> a\n> **b**\n", "***a*** b",
			"- a\n  - **b**\n\n  ```\n  c\n  ```\n- d");

	private final AtomicLong nanos = new AtomicLong();

	private final CalmText calm = new CalmText(this.nanos::get);

	private static List<List<String>> cuts(String text) {
		List<List<String>> cuts = new ArrayList<>();
		for (int size = 1; size <= text.length(); size++) {
			cuts.add(Pieces.of(text, size));
		}
		for (int seed = 0; seed < 10; seed++) {
			cuts.add(Pieces.random(text, seed));
		}
		return cuts;
	}

	@ParameterizedTest
	@FieldSource("CALM")
	void noVisibleCharacterIsTakenBackInAnyCut(String text) {
		for (List<String> pieces : cuts(text)) {
			CalmText paused = new CalmText(this.nanos::get);
			StreamingMarkdown markdown = new StreamingMarkdown();
			VisibleText seen = VisibleText.empty();
			for (String piece : pieces) {
				markdown.append(paused.take(piece));
				seen.show(markdown.html());
			}
			markdown.hold(paused.takeAll());
			markdown.finish();
			seen.show(markdown.html());
			assertThat(seen.takenBack()).as("characters taken back in %s", pieces).isZero();
			assertThat(markdown.html()).isEqualTo(MarkdownRenderer.render(text));
		}
	}

	@ParameterizedTest
	@FieldSource({ "dev.runnel.markdown.HardCasesTests#LISTS", "dev.runnel.markdown.HardCasesTests#PARAGRAPHS",
			"dev.runnel.markdown.HardCasesTests#CODE", "dev.runnel.markdown.HardCasesTests#TABLES",
			"dev.runnel.markdown.HardCasesTests#INLINES", "dev.runnel.markdown.HardCasesTests#MATH" })
	void passesTheWholeTextOnInAnyCut(String text) {
		for (List<String> pieces : cuts(text)) {
			CalmText paused = new CalmText(this.nanos::get);
			StringBuilder passed = new StringBuilder();
			for (String piece : pieces) {
				passed.append(paused.take(piece));
				assertThat(text).startsWith(passed);
			}
			assertThat(passed.append(paused.takeAll())).hasToString(text);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "The event loop takes work (one piece at a time), doesn't it?\n\nYes: it does; always!",
			"\u4e2d\u6587\u3002\ud83d\ude00 \u0645\u0631", "x\ty, 5 = 4 + 1", "Call Mr. O'Neil at 10:30" })
	void plainTextPassesAtOnce(String text) {
		for (String piece : Pieces.of(text, 3)) {
			assertThat(this.calm.take(piece)).isEqualTo(piece);
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "It costs $5, or 3 * 4 = 12 for snake_case_names.", "a < b and c > d", "Q&A, R & D, a\\b c" })
	void marksThatStandForThemselvesPass(String text) {
		assertThat(this.calm.take(text)).isEqualTo(text);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "a **bo; a ;**bo", "a [b](c; a ;[b](c", "a `b; a ;`b", "a \\(b; a ;\\(b", "a <su; a ;<su" })
	void holdsOnlyTheUndecidedEnd(String text, String passed, String held) {
		assertThat(this.calm.take(text).strip()).isEqualTo(passed.strip());
		assertThat(this.calm.takeAll()).isEqualTo(held);
	}

	@Test
	void codeDoesNotWait() {
		this.calm.take("```\n");
		assertThat(this.calm.take("if (a[i] ** `b` < *c) {\n\t- x\n")).endsWith("- x\n");
		assertThat(this.calm.take("``")).isEmpty();
		assertThat(this.calm.take("`\na")).isEqualTo("```\na");
	}

	@Test
	void rowsBehindTheHeadOfATableDoNotWait() {
		this.calm.take("| a | b |\n|---|---|\n");
		assertThat(this.calm.take("| ")).isEmpty();
		assertThat(this.calm.take("1 | 2")).isEqualTo("| 1 | 2");
	}

	@Test
	void anEndPassesWhenItHasWaitedTooLong() {
		assertThat(this.calm.take("a **b")).isEqualTo("a ");
		this.nanos.addAndGet(CalmText.MAX_NANOS - 1);
		assertThat(this.calm.take("c")).isEmpty();
		this.nanos.addAndGet(1);
		assertThat(this.calm.take("d")).isEqualTo("**bcd");
		assertThat(this.calm.take("e")).isEqualTo("e");
		assertThat(this.calm.take("** f **g")).isEqualTo("** f ");
	}

	@Test
	void theLongestPauseEndsWithTheTimeOfTheWait() {
		this.calm.take("a **b");
		assertThat(this.calm.longestPause()).isEqualTo(Duration.ofMillis(100));
		this.nanos.addAndGet(CalmText.MAX_NANOS - 30_000_000);
		assertThat(this.calm.take("c")).isEmpty();
		assertThat(this.calm.longestPause()).isEqualTo(Duration.ofMillis(30));
	}

	@Test
	void anEndPassesWhenItIsTooLong() {
		this.calm.take("[");
		String label = "b".repeat(CalmText.MAX_CHARS - 1);
		assertThat(this.calm.take(label)).isEmpty();
		assertThat(this.calm.take("c")).isEqualTo("[" + label + "c");
		assertThat(this.calm.isHolding()).isFalse();
	}

	@Test
	void anEndPassesWithItsLine() {
		assertThat(this.calm.take("a **b")).isEqualTo("a ");
		assertThat(this.calm.take(" c\n")).isEqualTo("**b c\n");
	}

	@Test
	void anEndPassesWhenNothingComes() {
		this.calm.take("**b");
		assertThat(this.calm.isHolding()).isTrue();
		assertThat(this.calm.takeAll()).isEqualTo("**b");
		assertThat(this.calm.isHolding()).isFalse();
		assertThat(this.calm.take("c")).isEqualTo("c");
	}

}
