package dev.runnel.upstream.openrouter;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.ModelEvent.Moved;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ThoughtTags}: every spelling, cut in two at every place and into
 * single characters.
 */
class ThoughtTagsTests {

	static Stream<Arguments> spellings() {
		return ThoughtSpelling.all()
			.stream()
			.flatMap((spelling) -> spelling.closes().stream().map((close) -> Arguments.of(spelling.open(), close)));
	}

	static Stream<String> closings() {
		return ThoughtSpelling.all().stream().flatMap((spelling) -> spelling.closes().stream());
	}

	@ParameterizedTest
	@MethodSource("spellings")
	void aThoughtAtTheBeginningIsReasoning(String open, String close) {
		for (String space : List.of("", "\n", " \n\t")) {
			assertEveryCut(space + open + "\nHm, a < b" + close + "\n\nSo *b*", "Hm, a < b", "So *b*");
		}
	}

	@ParameterizedTest
	@MethodSource("spellings")
	void anEmptyPairIsNothing(String open, String close) {
		assertEveryCut(open + "\n\n" + close + "\n\nHi", "", "Hi");
	}

	@ParameterizedTest
	@MethodSource("spellings")
	void tagsInTheMiddleAreText(String open, String close) {
		String text = "Models write " + open + " first, then " + close + ", then the answer.";
		assertEveryCut(text, "", text);
	}

	@ParameterizedTest
	@MethodSource("spellings")
	void caseDoesNotMatter(String open, String close) {
		assertEveryCut(open.toUpperCase(java.util.Locale.ROOT) + "a" + close.toUpperCase(java.util.Locale.ROOT) + "b",
				"a", "b");
	}

	@ParameterizedTest
	@MethodSource("closings")
	void aClosingTagAloneTurnsTheAnswerIntoAThought(String close) {
		assertEveryCut("Hm, a < b." + close + "\n\nSo b.", "Hm, a < b.", "So b.");
	}

	@ParameterizedTest
	@MethodSource("closings")
	void aClosingTagWithNothingBeforeItIsNothing(String close) {
		assertEveryCut("\n" + close + "\n\nHi", "", "Hi");
	}

	@ParameterizedTest
	@MethodSource("closings")
	void aClosingTagInQuotesIsText(String close) {
		assertEveryCut("It ends with `" + close + "`, you see.", "", "It ends with `" + close + "`, you see.");
	}

	@ParameterizedTest
	@MethodSource("closings")
	void aClosingTagAtTheVeryEndLeavesTheAnswer(String close) {
		assertEveryCut("The answer." + close, "", "The answer.");
	}

	@ParameterizedTest
	@MethodSource("closings")
	void aLearntModelThinksFromItsFirstCharacter(String close) {
		for (List<String> cut : cuts("\nHm." + close + "\nSo.")) {
			Read read = new Read(ThoughtTags.Start.THINKING).all(cut);
			assertThat(read.events).doesNotContain(Moved.TO_REASONING, Moved.TO_TEXT);
			assertThat(read.reasoning()).isEqualTo("Hm.");
			assertThat(read.text()).isEqualTo("So.");
			assertThat(read.learnt).containsExactly(true);
		}
	}

	@Test
	void aLearntModelThatDoesNotThinkIsForgotten() {
		Read read = new Read(ThoughtTags.Start.THINKING).all(List.of("Just", " the answer"));
		assertThat(read.events).contains(Moved.TO_TEXT);
		assertThat(read.reasoning()).isEmpty();
		assertThat(read.text()).isEqualTo("Just the answer");
		assertThat(read.learnt).containsExactly(false);
	}

	@Test
	void aThoughtThatReachedTheLimitStaysOne() {
		Read read = new Read(ThoughtTags.Start.THINKING);
		read.tags.read("Long thoughts");
		read.end(FinishReason.LENGTH);
		assertThat(read.reasoning()).isEqualTo("Long thoughts");
		assertThat(read.text()).isEmpty();
		assertThat(read.learnt).isEmpty();
	}

	@Test
	void theModelIsLearntFromItsFirstClosingTag() {
		Read read = new Read(ThoughtTags.Start.NEW).all(List.of("Hm", ".</think>So"));
		assertThat(read.events).containsExactly(new ModelEvent.Text("Hm"), Moved.TO_REASONING,
				new ModelEvent.Reasoning("."), new ModelEvent.Text("So"));
		assertThat(read.learnt).containsExactly(true);
	}

	@Test
	void behindAWrittenPartAClosingTagIsText() {
		Read read = new Read(ThoughtTags.Start.CONTINUED).all(List.of("a</think>b"));
		assertThat(read.text()).isEqualTo("a</think>b");
		assertThat(new Read(ThoughtTags.Start.CONTINUED).all(List.of("<think>a</think>b")).text()).isEqualTo("b");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = { "a < b and c <| d", "<thin air",
			"<", "    code", "<thinker>a</thinker>", "Text\u25c1", "<p>HTML</p>", "</p>", "``</thin", "a</think" })
	void otherTextStaysAsItIs(String text) {
		assertEveryCut(text, "", text);
	}

	@Test
	void onlyAPartOfATagIsHeldBack() {
		Read read = new Read(ThoughtTags.Start.NEW);
		for (String delta : List.of(" ".repeat(100), "text ", "<|start|>assistant ", "a <")) {
			read.tags.read(delta);
			read.take();
		}
		assertThat(read.text()).isEqualTo(" ".repeat(100) + "text <|start|>assistant a ");
	}

	/** Time that is not proportional to the length would be minutes. */
	@ParameterizedTest
	@ValueSource(strings = { "<", "`</think>`", "</thin" })
	@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void aDeltaOfManyMarksIsReadInLinearTime(String mark) {
		String text = "\u4e2d" + mark.repeat(4 * 1024 * 1024 / mark.length());
		assertThat(new Read(ThoughtTags.Start.NEW).all(List.of(text)).text().equals(text)).isTrue();
	}

	private static void assertEveryCut(String answer, String reasoning, String text) {
		for (List<String> cut : cuts(answer)) {
			Read read = new Read(ThoughtTags.Start.NEW).all(cut);
			assertThat(read.reasoning()).as("%s", cut).isEqualTo(reasoning);
			assertThat(read.text()).as("%s", cut).isEqualTo(text);
		}
	}

	/** The whole text, the text in two pieces, and the text in single characters. */
	private static List<List<String>> cuts(String text) {
		List<List<String>> cuts = new ArrayList<>(List.of(List.of(text), List.of(text.split(""))));
		for (int at = 1; at < text.length(); at++) {
			cuts.add(List.of(text.substring(0, at), text.substring(at)));
		}
		return cuts;
	}

	/** What a reader has after all events. */
	private static final class Read {

		private final Deltas deltas = new Deltas();

		private final List<Boolean> learnt = new ArrayList<>();

		private final List<ModelEvent> events = new ArrayList<>();

		private final ThoughtTags tags;

		Read(ThoughtTags.Start start) {
			this.tags = new ThoughtTags(this.deltas, start, this.learnt::add);
		}

		Read all(List<String> pieces) {
			pieces.forEach((piece) -> {
				this.tags.read(piece);
				take();
			});
			end(FinishReason.STOP);
			return this;
		}

		void take() {
			this.events.addAll(this.deltas.take());
		}

		void end(@Nullable FinishReason reason) {
			this.tags.end(reason);
			take();
		}

		String text() {
			return new Answer(this.events, null).text();
		}

		String reasoning() {
			return new Answer(this.events, null).reasoning();
		}

	}

}
