package dev.runnel.imports;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.upstream.Usage;
import dev.runnel.web.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Uploaded JSON. Nothing in it is trusted.
 */
class JsonSourceTests {

	private static final String QUESTION = "{\"id\":1,\"parent\":null,\"role\":\"user\",\"createdAt\":\"2026-01-31T09:05:01Z\",\"content\":\"q\"}";

	private static final String ANSWER = "{\"id\":2,\"parent\":1,\"role\":\"assistant\",\"createdAt\":\"2026-01-31T09:05:02Z\",\"content\":\"a\",\"answer\":{\"state\":\"complete\",\"source\":\"mock\"}}";

	private static String file(String... messages) {
		return "{\"format\":\"runnel-conversation\",\"version\":1,\"title\":\"T\",\"createdAt\":\"2026-01-31T09:05:00Z\",\"updatedAt\":\"2026-01-31T09:06:00Z\",\"messages\":["
				+ String.join(",", messages) + "]}";
	}

	private static String reason(String json) {
		return ImportSamples.refused(json).reason();
	}

	@Test
	void optionalFieldsMayBeAbsent() {
		ImportedConversation read = ImportSamples.readOne(file(QUESTION, ANSWER));
		assertThat(read.title()).isEqualTo("T");
		assertThat(read.pinned()).isFalse();
		assertThat(read.current()).isEqualTo(read.messages().get(1).id());
		Answer answer = read.messages().get(1).answer();
		assertThat(answer.state()).isEqualTo(AnswerState.COMPLETE);
		assertThat(answer.reasoning()).isEmpty();
		assertThat(answer.usage()).isNull();
	}

	@Test
	void theOrderOfTheFieldsDoesNotMatter() {
		String json = "{\"messages\":[" + QUESTION
				+ "],\"unknown\":{\"a\":[1,{}]},\"updatedAt\":\"2026-01-31T09:06:00Z\",\"createdAt\":\"2026-01-31T09:05:00Z\",\"version\":1,\"format\":\"runnel-conversation\"}";
		assertThat(ImportSamples.readOne(json).title()).isEqualTo("q");
	}

	@Test
	void anArrayHoldsSeveralAndABadOneDoesNotKeepTheOthersOut() {
		List<ImportItem> items = ImportSamples.read("[" + file(QUESTION) + ",5,[{}],"
				+ file(QUESTION.replace("user", "root")) + "," + file(QUESTION, ANSWER) + "]", ImportSamples.SETTINGS);
		assertThat(items.stream().map(ImportItem::where)).containsExactly("the file [0]", "the file [1]",
				"the file [2]", "the file [3]", "the file [4]");
		assertThat(items.stream().map((item) -> item instanceof ImportItem.Found)).containsExactly(true, false, false,
				false, true);
	}

	@Test
	void conversationsBeforeBrokenJsonStay() {
		String json = "[" + file(QUESTION) + ",\n" + file(QUESTION, ANSWER);
		for (int cut : List.of(json.length(), json.length() - 30, json.length() - 130)) {
			List<ImportItem> items = ImportSamples.read(json.substring(0, cut), ImportSamples.SETTINGS);
			assertThat(items.get(0)).isInstanceOf(ImportItem.Found.class);
			assertThat(items.get(items.size() - 1)).isInstanceOfSatisfying(ImportItem.Refused.class,
					(refused) -> assertThat(refused.reason()).startsWith("is not well-formed JSON at line 2, column "));
		}
	}

	@Test
	void textIsMadeHarmlessAndNothingElse() {
		Message message = ImportSamples
			.readOne(file(QUESTION.replace("\"q\"", "\"a\\u0000b\\uD83D \\u202E <script>\"")))
			.messages()
			.get(0);
		assertThat(message.content()).isEqualTo("a\uFFFDb\uFFFD \u202E <script>");
	}

	@Test
	void streamingAnswerBecomesInterrupted() {
		ImportedConversation read = ImportSamples.readOne(file(QUESTION, ANSWER.replace("complete", "streaming")));
		assertThat(read.messages().get(1).answer().state()).isEqualTo(AnswerState.INTERRUPTED);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "'' | is empty", "' ' | is empty", "{ | is not well-formed JSON at line 1",
					"nonsense | is not well-formed JSON at line 1", "5 | is not a conversation",
					"null | is not a conversation", "{} | is not a conversation that Runnel can read",
					"{\"messages\":[]} | is not a conversation that Runnel can read",
					"{\"format\":\"runnel-conversation\"} | has the version null, and only 1 can be read",
					"{\"format\":\"runnel-conversation\",\"version\":2} | has the version 2, and only 1 can be read",
					"{\"format\":\"runnel-conversation\",\"version\":\"x\"} | has a value of the wrong type in version",
					"{\"title\":5} | has a title that is not text" })
	void saysWhatIsWrongWithAFile(String json, String reason) {
		assertThat(reason(json)).startsWith(reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "'' | FILE_EMPTY", "'# A note' | IMPORT_UNKNOWN", "'- a list' | IMPORT_UNKNOWN",
					"[a](link) | IMPORT_UNKNOWN", "5 | IMPORT_UNKNOWN", "{} | IMPORT_UNKNOWN",
					"'{\"title\":' | IMPORT_DAMAGED", "{\"title\":5} | IMPORT_INVALID",
					"{\"format\":\"runnel-conversation\",\"version\":2} | IMPORT_NEWER",
					"{\"format\":\"runnel-conversation\"} | IMPORT_INVALID", "[{\"mapping\":5}] | IMPORT_EMPTY",
					"{\"mapping\":{},\"inserted_at\":\"x\"} | IMPORT_OTHER" })
	void saysForThePageWhatIsWrongWithAFile(String json, Reason reason) {
		assertThat(ImportSamples.refused(json).cause().reason()).isEqualTo(reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "\"createdAt\":\"2026-01-31T09:05:00Z\" | \"createdAt\":null | in createdAt",
					"\"updatedAt\":\"2026-01-31T09:06:00Z\" | \"updatedAt\":\"yesterday\" | in updatedAt",
					"2026-01-31T09:06:00Z | +99999-01-01T00:00:00Z | in updatedAt",
					"2026-01-31T09:06:00Z | 1969-01-01T00:00:00Z | in updatedAt",
					"\"version\":1 | \"version\":1,\"current\":7 | names a missing message in current",
					"\"version\":1 | \"version\":1,\"settings\":{\"temperature\":9} | temperature must be from 0 to 2",
					"\"version\":1 | \"version\":1,\"settings\":{\"maxTokens\":\"x\"} | in settings.maxTokens" })
	void saysWhatIsWrongWithAConversation(String right, String wrong, String reason) {
		assertThat(reason(file(QUESTION, ANSWER).replace(right, wrong))).contains(reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "\"id\":2 | \"id\":1 | needs a unique id in messages[1]",
			"\"id\":2 | \"id\":null | needs a unique id in messages[1]",
			"\"parent\":1 | \"parent\":2 | messages[1] a message whose parent is not before it",
			"\"parent\":1 | \"parent\":9 | messages[1] a message whose parent is not before it",
			"\"parent\":1 | \"parent\":null | messages[1] an answer that follows no question",
			"\"parent\":1 | \"parent\":{} | wrong type in messages[1].parent",
			"assistant | system | needs one of user, assistant in messages[1].role",
			"assistant | user | must have answer only for role assistant, in messages[1]",
			"\"a\" | null | needs a text in messages[1].content",
			"2026-01-31T09:05:02Z | soon | in messages[1].createdAt",
			"complete | done | needs one of streaming, complete, stopped, interrupted, failed in messages[1].answer.state",
			"mock | me | needs one of openrouter, mock in messages[1].answer.source",
			"\"state\" | \"finishReason\":\"x\",\"state\" | in messages[1].answer.finishReason",
			"\"state\" | \"totalMs\":-1,\"state\" | an impossible time in messages[1].answer.totalMs",
			"\"state\" | \"totalMs\":99999999999999999999,\"state\" | wrong type in messages[1].answer.totalMs",
			"\"state\" | \"usage\":{\"promptTokens\":[]},\"state\" | wrong type in messages[1].answer.usage.promptTokens",
			"\"state\" | \"usage\":{\"cost\":\"x\"},\"state\" | wrong type in messages[1].answer.usage.cost" })
	void saysWhatIsWrongWithAMessage(String right, String wrong, String reason) {
		assertThat(reason(file(QUESTION, ANSWER.replace(right, wrong)))).contains(reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{'promptTokens':-1,'completionTokens':5}", "{'promptTokens':1e999999999,'completionTokens':5}",
					"{'promptTokens':99999999999999999999999,'completionTokens':5}",
					"{'reasoningTokens':1.5,'completionTokens':5}",
					"{'cachedTokens':1000000000001,'completionTokens':5.0}", "{'cost':-0.01,'completionTokens':5}",
					"{'cost':1e99,'completionTokens':5}", "{'cost':1e-999999999,'completionTokens':5}" },
			quoteCharacter = '~')
	void anImpossibleNumberIsUnknown(String usage) {
		String answer = ANSWER.replace("\"state\"", "\"usage\":" + usage.replace('\'', '"') + ",\"state\"");
		assertThat(ImportSamples.readOne(file(QUESTION, answer)).messages().get(1).answer().usage())
			.isEqualTo(new Usage(null, 5L, null, null, null));
	}

	@ParameterizedTest
	@CsvSource({ "createdAt,messages[1].createdAt", "role,messages[1].role", "state,messages[1].answer.state",
			"source,messages[1].answer.source", "finishReason,messages[1].answer.finishReason" })
	void refusesLongValuesOfFieldsThatHoldNoText(String field, String place) {
		String value = "\"" + field + "\":\"" + "w".repeat(1001) + '"';
		String answer = ANSWER.replace("\"state\"", "\"finishReason\":\"stop\",\"state\"")
			.replaceFirst("\"" + field + "\":\"[^\"]*\"", value);
		assertThat(ImportSamples.refused(file(QUESTION, answer, "5"))).isEqualTo(
				new ImportItem.Refused("the file", "has more than 1000 characters in " + place, Cause.TOO_LARGE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "createdAt", "updatedAt" })
	void theTimesOfAConversationAreShort(String field) {
		String json = file(QUESTION).replaceFirst("\"" + field + "\":\"[^\"]*\"",
				"\"" + field + "\":\"" + "w".repeat(1001) + '"');
		assertThat(ImportSamples.refused(json)).isEqualTo(
				new ImportItem.Refused("the file", "has more than 1000 characters in " + field, Cause.TOO_LARGE));
	}

	@Test
	void aQuestionNeedsAText() {
		assertThat(reason(file(QUESTION.replace("\"q\"", "\" \"")))).isEqualTo("needs a text in messages[0].content");
	}

	@Test
	void aQuestionCannotFollowAQuestion() {
		assertThat(reason(file(QUESTION, QUESTION.replace("\"id\":1,\"parent\":null", "\"id\":2,\"parent\":1"))))
			.isEqualTo("has in messages[1] a question that follows a question");
	}

	@ParameterizedTest
	@ValueSource(strings = { "%s", "{\"unknown\":%s}", "{\"mapping\":%s}", "{\"messages\":[%s]}", "[%s]" })
	void absurdNestingIsNotFollowed(String around) {
		String deep = around.formatted("[".repeat(10_000) + "]".repeat(10_000));
		List<ImportItem> items = ImportSamples.read(deep, ImportSamples.SETTINGS);
		assertThat(items).hasSize(1);
		assertThat(((ImportItem.Refused) items.get(0)).reason()).contains("is nested too deeply", "at line 1, column");
	}

	@Test
	void boundsAreKept() {
		ImportSettings small = new ImportSettings(DataSize.ofMegabytes(1), Duration.ofMinutes(5),
				DataSize.ofMegabytes(1), 10, 3, 100, 250);
		String many = file(QUESTION, ANSWER, ANSWER.replace("\"id\":2", "\"id\":3"),
				ANSWER.replace("\"id\":2", "\"id\":4"));
		assertThat(ImportSamples.read(many, small))
			.containsExactly(new ImportItem.Refused("the file", "has more than 3 messages", Cause.TOO_LARGE));
		String x = "x".repeat(101);
		assertThat(ImportSamples.read(file(QUESTION.replace("\"q\"", "\"" + x + "\"")), small)).containsExactly(
				new ImportItem.Refused("the file", "has a message of more than 100 characters", Cause.TOO_LARGE));
		String y = "\"" + "y".repeat(100) + "\"";
		assertThat(ImportSamples.read(file(QUESTION.replace("\"q\"", y), ANSWER.replace("\"a\"", y),
				ANSWER.replace("\"id\":2", "\"id\":3").replace("\"a\"", y)), small))
			.containsExactly(new ImportItem.Refused("the file", "has more than 250 characters", Cause.TOO_LARGE));
	}

	@Test
	void aLongTitleIsShortened() {
		String title = ImportSamples.readOne(file(QUESTION).replace("\"T\"", "\"" + "word ".repeat(100) + "\""))
			.title();
		assertThat(title).hasSizeLessThanOrEqualTo(200).startsWith("word word").endsWith("word…");
	}

	@Test
	void theBranchIsFollowedToItsEnd() {
		String json = file(QUESTION, ANSWER).replace("\"version\":1", "\"version\":1,\"current\":1");
		ImportedConversation read = ImportSamples.readOne(json);
		assertThat(read.current()).isEqualTo(read.messages().get(1).id());
	}

	@Test
	void aDeepBranchIsNoTrouble() {
		String[] messages = IntStream.rangeClosed(1, 4000)
			.mapToObj((i) -> ((i % 2 == 1) ? QUESTION : ANSWER).replaceFirst("\"id\":\\d,\"parent\":[^,]*",
					"\"id\":" + i + ",\"parent\":" + ((i > 1) ? i - 1 : null)))
			.toArray(String[]::new);
		assertThat(ImportSamples.readOne(file(messages)).messages()).hasSize(4000);
	}

}
