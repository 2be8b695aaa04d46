package dev.runnel.imports;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.sun.management.ThreadMXBean;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.export.Samples;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Source;
import dev.runnel.web.ErrorCode;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * ChatGPT's export, in the form that public sources describe.
 */
class ChatGptTests {

	private static String sample() throws IOException {
		try (InputStream in = ChatGptTests.class.getResourceAsStream("/export/chatgpt-conversations.json")) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static List<ImportedConversation> conversations() throws IOException {
		return ImportSamples.read(sample(), ImportSamples.SETTINGS)
			.stream()
			.map((item) -> ((ImportItem.Found) item).conversation())
			.toList();
	}

	static String node(String id, String parent, String role, String text) {
		return "\"%s\":{\"id\":\"%s\",\"parent\":%s,\"children\":[],\"message\":{\"author\":{\"role\":\"%s\"},\"create_time\":null,\"content\":{\"content_type\":\"text\",\"parts\":[\"%s\"]}}}"
			.formatted(id, id, (parent != null) ? "\"" + parent + "\"" : null, role, text);
	}

	static String mapping(String... nodes) {
		return "[{\"title\":\"T\",\"create_time\":1,\"update_time\":2,\"mapping\":{" + String.join(",", nodes) + "}}]";
	}

	/**
	 * Describes each message by its index, the index of its parent, its role and its
	 * text.
	 */
	static List<String> shape(ImportedConversation conversation) {
		List<String> shape = new ArrayList<>();
		List<Message> messages = conversation.messages();
		for (int i = 0; i < messages.size(); i++) {
			Message message = messages.get(i);
			int parent = messages.stream().map(Message::id).toList().indexOf(message.parent());
			shape.add(i + "<" + parent + " " + message.role().wireName() + " " + message.content());
		}
		return shape;
	}

	@Test
	void readsTheSample() throws IOException {
		assertThat(conversations().stream().map(ImportedConversation::title)).containsExactly("Sourdough basics",
				"What is in this picture?");
	}

	@Test
	void linksOverWhatNobodySawAndJoinsAnswers() throws IOException {
		ImportedConversation bread = conversations().get(0);
		assertThat(shape(bread)).containsExactly("0<-1 user How do I start a sourdough?",
				"1<0 assistant Let me look that up.\n\nMix **flour** and water.", "2<1 user And then?",
				"3<2 assistant Wait a day.", "4<2 assistant Feed it daily.");
		assertThat(bread.current()).isEqualTo(bread.messages().get(4).id());
	}

	@Test
	void keepsTimesAndModels() throws IOException {
		ImportedConversation bread = conversations().get(0);
		assertThat(bread.createdAt()).isEqualTo(Instant.parse("2024-03-01T10:00:00.123456Z"));
		assertThat(bread.updatedAt()).isEqualTo(Instant.parse("2024-03-01T10:05:00Z"));
		Message answer = bread.messages().get(1);
		assertThat(answer.createdAt()).isEqualTo(Instant.parse("2024-03-01T10:00:09Z"));
		assertThat(answer.answer().model()).isEqualTo("gpt-4o");
		assertThat(answer.answer().provider()).isEqualTo("ChatGPT");
		assertThat(answer.answer().source()).isEqualTo(Source.OPENROUTER);
		assertThat(answer.answer().state()).isEqualTo(AnswerState.COMPLETE);
		assertThat(answer.answer().finishReason()).isEqualTo(FinishReason.STOP);
	}

	@Test
	void otherContentThanTextBecomesANote() throws IOException {
		ImportedConversation picture = conversations().get(1);
		assertThat(shape(picture)).containsExactly(
				"0<-1 user What is in this picture?\n\n[Not imported: picture cat.png]",
				"1<0 assistant ~~~~python\nprint('~~~')\n~~~~");
		assertThat(picture.messages().get(1).answer().state()).isEqualTo(AnswerState.INTERRUPTED);
	}

	@Test
	void aQuestionThatNobodyAnsweredGetsAnAnswerThatSaysSo() {
		ImportedConversation read = ImportSamples
			.readOne(mapping(node("a", null, "user", "one"), node("b", "a", "user", "two")));
		assertThat(shape(read)).containsExactly("0<-1 user one", "1<0 assistant ", "2<1 user two");
		assertThat(read.messages().get(1).answer().state()).isEqualTo(AnswerState.FAILED);
	}

	@Test
	void anAnswerThatNobodyAskedForGetsAQuestion() {
		ImportedConversation read = ImportSamples.readOne(mapping(node("a", null, "assistant", "Welcome")));
		assertThat(shape(read)).containsExactly("0<-1 user [The conversation began with an answer.]",
				"1<0 assistant Welcome");
	}

	@Test
	void answersThatPartBecomeSiblingsWithAllTheirText() {
		ImportedConversation read = ImportSamples
			.readOne(mapping(node("q", null, "user", "q"), node("a", "q", "assistant", "A"),
					node("b", "a", "assistant", "B"), node("c", "a", "assistant", "C"), node("d", "c", "user", "d")));
		assertThat(shape(read)).containsExactly("0<-1 user q", "1<0 assistant A\n\nB", "2<0 assistant A\n\nC",
				"3<2 user d");
	}

	@Test
	void aParentThatIsNotThereIsNone() {
		assertThat(shape(ImportSamples.readOne(mapping(node("a", "gone", "user", "one")))))
			.containsExactly("0<-1 user one");
	}

	@Test
	void circlesAreRefused() {
		assertThat(ImportSamples.refused(mapping(node("a", "b", "user", "one"), node("b", "a", "assistant", "two")))
			.reason()).isEqualTo("has messages whose parents form a cycle");
		assertThat(ImportSamples
			.refused(mapping(node("q", "a", "user", "q"), node("a", "b", "system", "one"),
					node("b", "a", "tool", "two")))
			.reason()).isEqualTo("has messages whose parents form a cycle");
		assertThat(ImportSamples.refused(mapping(node("a", "a", "user", "one"))).reason())
			.isEqualTo("has messages whose parents form a cycle");
	}

	@Test
	void refusesAConversationWithoutMessages() {
		assertThat(ImportSamples.refused(mapping(node("a", null, "system", "x"))).reason())
			.isEqualTo("has no messages");
		assertThat(ImportSamples.refused("[{\"mapping\":5}]").reason()).isEqualTo("has no messages");
	}

	@Test
	void aLongChainIsNoTrouble() {
		String[] nodes = new String[15_000];
		for (int i = 0; i < nodes.length; i++) {
			nodes[i] = node("n" + i, (i > 0) ? "n" + (i - 1) : null,
					(i == 0) ? "user" : (i % 2 == 0) ? "assistant" : "tool", "t");
		}
		assertThat(ImportSamples.readOne(mapping(nodes)).messages()).hasSize(2);
	}

	@Test
	void answersThatPartAtEachStepAreNotHeldManyTimes() {
		List<String> nodes = new ArrayList<>(List.of(node("a0", null, "user", "q")));
		for (int i = 1; i <= 1000; i++) {
			nodes.add(node("a" + i, "a" + (i - 1), "assistant", "x".repeat(1000)));
			nodes.add(node("b" + i, "a" + (i - 1), "assistant", "y"));
		}
		String json = mapping(nodes.toArray(String[]::new));
		ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = memory.getCurrentThreadAllocatedBytes();
		ImportItem.Refused refused = ImportSamples.refused(json);
		assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(200_000_000);
		assertThat(refused.reason()).isEqualTo("has more than 16777216 characters");
		assertThat(refused.cause().code()).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE);
	}

	@Test
	void joinedAnswersAreNoLongerThanOthers() {
		String half = "x".repeat(600_000);
		ImportItem.Refused refused = ImportSamples.refused(mapping(node("q", null, "user", "q"),
				node("a", "q", "assistant", half), node("b", "a", "assistant", half), node("c", "a", "user", "c")));
		assertThat(refused.reason()).isEqualTo("has a message of more than 1048576 characters");
		assertThat(refused.cause().code()).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE);
	}

	@Test
	void longWordsAreNotKept() {
		String longWord = "w".repeat(100_000);
		String odd = "{\"parent\":\"w\",\"children\":[\"w\"],\"message\":{\"author\":{\"role\":\"user\"},\"recipient\":\"w\","
				+ "\"status\":\"w\",\"content\":{\"content_type\":\"w\",\"language\":\"w\",\"parts\":[\"hi\"]},"
				+ "\"metadata\":{\"model_slug\":\"w\",\"finish_details\":{\"type\":\"w\"}}}}";
		ChatGptNode reader = new ChatGptNode(new ForeignFields(new ImportLimits(ImportSamples.SETTINGS)));
		try (JsonParser json = Samples.MAPPER.createParser(odd.replace("\"w\"", '"' + longWord + '"'))) {
			json.nextToken();
			JsonFields.each(json, (name) -> reader.read(json, name));
		}
		ForeignNode node = reader.toNode();
		assertThat(node.parent()).isEmpty();
		assertThat(node.children()).containsExactly("");
		assertThat(node.turn().text()).isEqualTo("hi");
		assertThat(node.turn().model()).hasSizeLessThanOrEqualTo(200);
	}

	@Test
	void messageForALongRecipientIsNotShown() {
		String aside = node("b", "a", "assistant", "aside").replace("\"create_time\"",
				"\"recipient\":\"" + "w".repeat(2000) + "\",\"create_time\"");
		assertThat(shape(ImportSamples.readOne(mapping(node("a", null, "user", "one"), aside))))
			.containsExactly("0<-1 user one");
	}

	@Test
	void strangeValuesAreCounted() {
		String strange = "[{\"title\":null,\"create_time\":\"x\",\"update_time\":-5,\"current_node\":[],\"mapping\":{\"a\":null,\"b\":[],"
				+ "\"c\":{\"parent\":5,\"message\":{\"author\":\"me\",\"content\":[]}},"
				+ "\"d\":{\"message\":{\"author\":{\"role\":\"user\"},\"content\":{\"parts\":[null,5,[],{\"content_type\":{}},\"hi\\u0000\"]}}}}}]";
		ImportItem.Found found = (ImportItem.Found) ImportSamples.read(strange, ImportSamples.SETTINGS).get(0);
		assertThat(shape(found.conversation())).containsExactly("0<-1 user hi\uFFFD\n\n[Not imported: something]");
		assertThat(found.omissions().counts()).containsExactly(new Omissions.Count("unknown", 8));
	}

}
