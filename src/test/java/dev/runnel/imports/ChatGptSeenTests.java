package dev.runnel.imports;

import java.util.List;

import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An import of ChatGPT's export keeps, or at least notes, everything that the reader saw.
 */
class ChatGptSeenTests {

	private static final String QUESTION = node("q", null, message("user", text("Q")), "a");

	private static String node(String id, String parent, String message, String... children) {
		return "'%s':{'parent':%s,'children':[%s],'message':%s}".formatted(id,
				(parent != null) ? "'" + parent + "'" : null,
				String.join(",", List.of(children).stream().map((child) -> "'" + child + "'").toList()), message);
	}

	private static String message(String role, String content, String... more) {
		return "{'author':{'role':'%s'},'content':%s%s}".formatted(role, content,
				(more.length > 0) ? "," + String.join(",", more) : "");
	}

	private static String text(String text) {
		return "{'content_type':'text','parts':['" + text + "']}";
	}

	private static String file(String... nodes) {
		return ("[{'title':'T','create_time':1,'update_time':2,'mapping':{" + String.join(",", nodes) + "}}]")
			.replace('\'', '"');
	}

	private static ImportedConversation read(String... nodes) {
		return ImportSamples.readOne(file(nodes));
	}

	private static List<String> texts(ImportedConversation conversation) {
		return conversation.messages().stream().map(Message::content).toList();
	}

	/** Returns the answer to one question, built from consecutive nodes. */
	private static Message answer(String... messages) {
		StringBuilder nodes = new StringBuilder(QUESTION);
		String parent = "q";
		for (int i = 0; i < messages.length; i++) {
			nodes.append(',').append(node("a" + i, parent, messages[i]));
			parent = "a" + i;
		}
		ImportedConversation read = read(nodes.toString());
		assertThat(read.messages()).hasSize(2);
		return read.messages().get(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"{'content_type':'multimodal_text','parts':[{'content_type':'audio_transcription','text':'Hello','direction':'in'},{'content_type':'audio_asset_pointer','asset_pointer':'sediment://file_1'}]} | Hello⏎⏎[Not imported: sound]",
			"{'content_type':'multimodal_text','parts':[{'content_type':'image_asset_pointer','asset_pointer':'file-service://file-1'},'What is it?']} | What is it?⏎⏎[Not imported: picture]",
			"{'content_type':'multimodal_text','parts':[{'content_type':'real_time_user_audio_video_asset_pointer'}]} | [Not imported: video]",
			"{'content_type':'multimodal_text','parts':[{'content_type':'hologram'}]} | [Not imported: hologram]",
			"{'content_type':'multimodal_text','parts':[{'content_type':'hologram','text':'It says this'}]} | It says this",
			"{'content_type':'text','parts':'Not a list'} | Not a list",
			"{'content_type':'text','parts':[['Deeper',['still']]]} | Deeper⏎⏎still",
			"{'content_type':'tether_quote','url':'https://a.example','text':'A quotation'} | A quotation",
			"{'content_type':'something_new','text':'New'} | New", "'Only text' | Only text" })
	void textIsTextWhereverItIs(String content, String expected) {
		assertThat(texts(read(node("q", null, message("user", content))))).containsExactly(expected.replace("⏎", "\n"));
	}

	@Test
	void filesOfAQuestionAreNoted() {
		String files = "'metadata':{'attachments':[{'id':'file-1','name':'plan.pdf','mime_type':'application/pdf'}]}";
		assertThat(texts(read(node("q", null, message("user", text("Look"), files)))))
			.containsExactly("Look\n\n[Not imported: file plan.pdf]");
	}

	@Test
	void aQuestionThatIsOnlyAFileIsNoFalseSentence() {
		String files = "'metadata':{'attachments':[{'id':'file-1','name':'plan.pdf','mimeType':'application/pdf'}]}";
		assertThat(texts(read(node("q", null, message("user", text(""), files), "a"),
				node("a", "q", message("assistant", text("A plan."))))))
			.containsExactly("[Not imported: file plan.pdf]", "A plan.");
	}

	@Test
	void aPictureThatIsAPartAndAFileIsNotedOnce() {
		String picture = "{'content_type':'multimodal_text','parts':[{'content_type':'image_asset_pointer','asset_pointer':'sediment://file_1'},'What?']}";
		String files = "'metadata':{'attachments':[{'id':'file_1','name':'cat.png','mime_type':'image/png'}]}";
		assertThat(texts(read(node("q", null, message("user", picture, files)))))
			.containsExactly("What?\n\n[Not imported: picture cat.png]");
	}

	@Test
	void picturesThatAToolDrewAreNotedInTheAnswer() {
		String drawn = "{'content_type':'multimodal_text','parts':[{'content_type':'image_asset_pointer','asset_pointer':'sediment://file_1'}]}";
		Message answer = answer(message("assistant", "{'content_type':'code','text':'a cat'}", "'recipient':'dalle'"),
				message("tool", drawn));
		assertThat(answer.content()).isEqualTo("[Not imported: picture]");
		assertThat(answer.answer().state()).isEqualTo(AnswerState.COMPLETE);
	}

	@Test
	void codeThatWasRunAndWhatItPrintedAreKept() {
		Message answer = answer(
				message("assistant", "{'content_type':'code','language':'unknown','text':'1 + 1'}",
						"'recipient':'python'", "'metadata':{'model_slug':'gpt-4'}"),
				message("tool", "{'content_type':'execution_output','text':'2'}",
						"'metadata':{'aggregate_result':{'messages':[{'message_type':'image','image_url':'file-service://x'}]}}"),
				message("assistant", text("Two.")));
		assertThat(answer.content())
			.isEqualTo("~~~python\n1 + 1\n~~~\n\n~~~\n2\n~~~\n\n[Not imported: picture]\n\nTwo.");
		assertThat(answer.answer().model()).isEqualTo("gpt-4");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "document | The *plan*. | The *plan*.", "code/python | print(1) | ~~~python⏎print(1)⏎~~~" })
	void documentsOfTheCanvasAreKept(String type, String content, String expected) {
		String call = "{\\'name\\':\\'Plan\\',\\'type\\':\\'%s\\',\\'content\\':\\'%s\\'}".formatted(type, content);
		String rewritten = "{\\'updates\\':[{\\'pattern\\':\\'.*\\',\\'multiple\\':false,\\'replacement\\':\\'%s\\'}]}"
			.formatted(content + "2");
		Message answer = answer(
				message("assistant", "{'content_type':'code','language':'json','text':'" + call + "'}",
						"'recipient':'canmore.create_textdoc'"),
				message("assistant", text(rewritten), "'recipient':'canmore.update_textdoc'"),
				message("tool", text("Successfully updated")), message("assistant", text("Done.")));
		String first = expected.replace("⏎", "\n");
		assertThat(answer.content()).isEqualTo(
				"**Plan**\n\n" + first + "\n\n**Plan**\n\n" + first.replace(content, content + "2") + "\n\nDone.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"{\\'updates\\':[{\\'pattern\\':\\'x\\',\\'replacement\\':\\'y\\'}]} | [Not imported: a change of the document]",
			"{\\'comments\\':[{\\'pattern\\':\\'x\\',\\'comment\\':\\'Shorter!\\'},{\\'comment\\':\\'Why?\\'}]} | - Shorter!⏎- Why?",
			"no JSON | ~~~⏎no JSON⏎~~~", "{\\'a\\':1} | ~~~⏎{\"a\":1}⏎~~~" })
	void otherCanvasCallsAreKeptOrNoted(String call, String expected) {
		assertThat(answer(message("assistant", text(call), "'recipient':'canmore.update_textdoc'")).content())
			.isEqualTo(expected.replace("⏎", "\n"));
	}

	@Test
	void thoughtsAreTheReasoningOfTheAnswer() {
		Message answer = answer(message("assistant",
				"{'content_type':'thoughts','thoughts':[{'summary':'Weighing','content':'Flour first.','chunks':['Flour']},{'summary':'Done','content':''}]}"),
				message("assistant", "{'content_type':'reasoning_recap','content':'Thought for 7 seconds'}"),
				message("assistant", text("Flour.")));
		assertThat(answer.content()).isEqualTo("Flour.");
		assertThat(answer.answer().reasoning()).isEqualTo("Weighing\n\nFlour first.\n\nDone\n\nThought for 7 seconds");
	}

	@Test
	void theModelOfTheConversationStandsInForAnAnswersOwn() {
		String file = file(QUESTION, node("a", "q", message("assistant", text("A")), "b"),
				node("b", "q", message("assistant", text("B"), "'metadata':{'model_slug':'o3'}")))
			.replace("\"title\"", "\"default_model_slug\":\"gpt-4o\",\"title\"");
		assertThat(ImportSamples.readOne(file).messages().stream().skip(1).map((message) -> message.answer().model()))
			.containsExactly("gpt-4o", "o3");
	}

	@Test
	void versionsComeInTheOrderOfTheirParentsChildren() {
		assertThat(texts(read(node("q", null, message("user", text("Q")), "old", "new"),
				node("new", "q", message("assistant", text("New"))),
				node("old", "q", message("assistant", text("Old"))))))
			.containsExactly("Q", "Old", "New");
		assertThat(texts(read(node("root", null, "null", "q1", "q2"), node("q2", "root", message("user", text("Q2"))),
				node("hidden", "q1", message("system", text("x")), "a"),
				node("a", "hidden", message("assistant", text("A"))),
				node("q1", "root", message("user", text("Q1")), "hidden"))))
			.containsExactly("Q1", "A", "Q2");
	}

	@Test
	void messageNamedOnlyAmongChildrenIsKept() {
		assertThat(texts(read(QUESTION, node("a", null, message("assistant", text("A")))))).containsExactly("Q", "A");
		assertThat(texts(read(QUESTION, node("a", "gone", message("assistant", text("A")))))).containsExactly("Q", "A");
	}

	@Test
	void aLongResultOfAToolDoesNotKeepTheConversationOut() {
		assertThat(answer(message("tool", text("x".repeat(ImportSamples.SETTINGS.maxMessageChars() + 1))),
				message("assistant", text("A")))
			.content()).isEqualTo("A");
	}

	@Test
	void twoNodesOfOneIdAreRefused() {
		assertThat(ImportSamples.refused(file(QUESTION, QUESTION)).reason()).isEqualTo("has two nodes with the id q");
	}

}
