package dev.runnel.imports;

import java.time.Instant;

import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Open WebUI's export, in the form that public sources describe.
 */
class OpenWebUiTests {

	private static final String QUESTION = message("q", null, "user", "How?", "'models':['m1','m2']");

	private static String message(String id, String parent, String role, String content, String... more) {
		return "'%s':{'id':'%s','parentId':%s,'childrenIds':[],'role':'%s','content':'%s','timestamp':1769850301%s}"
			.formatted(id, id, (parent != null) ? "'" + parent + "'" : null, role, content,
					(more.length > 0) ? "," + String.join(",", more) : "");
	}

	private static String file(String current, String... messages) {
		return ("[{'id':'c1','user_id':'me','title':'Bread','chat':{'id':'','title':'Bread','models':['m1'],'params':{},"
				+ "'history':{'messages':{" + String.join(",", messages) + "},'currentId':" + current
				+ "},'messages':[{'id':'q','role':'user','content':'How?'}],'tags':[],'timestamp':1769850300000},"
				+ "'updated_at':1769850360,'created_at':1769850300,'share_id':null,'archived':false,'pinned':true,"
				+ "'meta':{},'folder_id':null}]")
			.replace('\'', '"');
	}

	private static ImportItem.Found found(String... messages) {
		return (ImportItem.Found) ImportSamples.read(file("null", messages), ImportSamples.SETTINGS).get(0);
	}

	private static Message answer(String content, String... more) {
		return found(QUESTION, message("a", "q", "assistant", content, more)).conversation().messages().get(1);
	}

	@Test
	void keepsTitleTimesModelsAndTexts() {
		ImportedConversation read = found(QUESTION, message("a", "q", "assistant", "So.", "'model':'m2'"),
				message("r", "a", "user", "And?"), message("b", "r", "assistant", "Then."))
			.conversation();
		assertThat(read.title()).isEqualTo("Bread");
		assertThat(read.pinned()).isTrue();
		assertThat(read.createdAt()).isEqualTo(Instant.parse("2026-01-31T09:05:00Z"));
		assertThat(read.updatedAt()).isEqualTo(Instant.parse("2026-01-31T09:06:00Z"));
		assertThat(ChatGptTests.shape(read)).containsExactly("0<-1 user How?", "1<0 assistant So.", "2<1 user And?",
				"3<2 assistant Then.");
		assertThat(read.messages().get(1).createdAt()).isEqualTo(Instant.parse("2026-01-31T09:05:01Z"));
		assertThat(read.messages().get(1).answer().model()).isEqualTo("m2");
		assertThat(read.messages().get(3).answer().model()).isEqualTo("m1");
		assertThat(read.messages().get(3).answer().provider()).isEqualTo("Open WebUI");
	}

	@Test
	void answersOfSeveralModelsAreVersionsInTheOrderOfTheirQuestion() {
		String question = QUESTION.replace("'childrenIds':[]", "'childrenIds':['b','a']");
		ImportedConversation read = ImportSamples
			.readOne(file("'a'", question, message("a", "q", "assistant", "A"), message("b", "q", "assistant", "B")));
		assertThat(ChatGptTests.shape(read)).containsExactly("0<-1 user How?", "1<0 assistant B", "2<0 assistant A");
		assertThat(read.current()).isEqualTo(read.messages().get(2).id());
	}

	@Test
	void foldedReasoningIsReasoning() {
		Message answer = answer("<details type=\\\"reasoning\\\" done=\\\"true\\\" duration=\\\"3\\\">\\n"
				+ "<summary>Thought for 3 seconds</summary>\\n&gt; Is 1 &lt; 2?\\n&gt; Yes.\\n</details>\\n\\nSo.\\n");
		assertThat(answer.content()).isEqualTo("So.");
		assertThat(answer.answer().reasoning()).isEqualTo("Is 1 < 2?\nYes.");
	}

	@Test
	void foldedToolsAreCountedAndFoldedCodeIsShown() {
		ImportItem.Found found = found(QUESTION, message("a", "q", "assistant",
				"First.\\n<details type=\\\"tool_calls\\\" done=\\\"true\\\" name=\\\"x\\\">"
						+ "\\n<summary>Tool Executed</summary>\\n</details>\\n"
						+ "<details type=\\\"code_interpreter\\\" done=\\\"true\\\">\\n<summary>Analyzed</summary>\\n"
						+ "```py\\n1\\n```\\n</details>\\nThen."));
		assertThat(found.conversation().messages().get(1).content()).isEqualTo("First.\n\n```py\n1\n```\n\nThen.");
		assertThat(found.omissions().counts()).containsExactly(new Omissions.Count("tool_call", 1));
	}

	@Test
	void aBlockWithoutAnEndIsText() {
		assertThat(answer("a <details type=\\\"reasoning\\\"> b").content())
			.isEqualTo("a <details type=\"reasoning\"> b");
	}

	@Test
	void manyBlocksWithoutAnEndAreText() {
		String text = "<details type=\\\"x\\\">".repeat(45_000);
		assertThat(answer(text).content()).hasSize(45_000 * 18);
	}

	@Test
	void outputIsReadWhereTheTextLacksIt() {
		Message answer = answer("",
				"'output':[{'type':'reasoning','summary':null,'content':[{'type':'output_text','text':'Hm.'}]},"
						+ "{'type':'function_call','name':'x','arguments':'{}'},"
						+ "{'type':'message','role':'assistant','content':[{'type':'output_text','text':'So.'}]}]");
		assertThat(answer.content()).isEqualTo("So.");
		assertThat(answer.answer().reasoning()).isEqualTo("Hm.");
	}

	@Test
	void picturesAndFilesBecomeNotes() {
		ImportItem.Found found = found(message("q", null, "user", "Look",
				"'files':[{'type':'image','url':'data:image/png;base64,AAAA'},{'type':'file','name':'plan.pdf','file':{'data':{'content':'x'}}}]"));
		assertThat(found.conversation().messages().get(0).content())
			.isEqualTo("Look\n\n[Not imported: picture]\n\n[Not imported: file plan.pdf]");
		assertThat(found.omissions().counts()).containsExactly(new Omissions.Count("picture", 1),
				new Omissions.Count("file", 1));
	}

	@Test
	void instructionsAreLeftOutAndABrokenAnswerSaysSo() {
		ImportItem.Found found = found(message("s", null, "system", "Be kind."), message("q", "s", "user", "How?"),
				message("a", "q", "assistant", "So", "'error':{'content':'x'}"));
		assertThat(ChatGptTests.shape(found.conversation())).containsExactly("0<-1 user How?", "1<0 assistant So");
		assertThat(found.conversation().messages().get(1).answer().state()).isEqualTo(AnswerState.INTERRUPTED);
		assertThat(found.omissions().counts()).containsExactly(new Omissions.Count("instruction", 1),
				new Omissions.Count("error", 1));
	}

	@Test
	void anOldExportHasAList() {
		String file = "{'id':'c','title':'T','chat':{'models':['m'],'messages':[{'id':'1','parentId':null,'role':'user','content':'one'},{'id':'2','parentId':'1','role':'assistant','content':'two','timestamp':1769850300000}]}}"
			.replace('\'', '"');
		ImportedConversation read = ImportSamples.readOne(file);
		assertThat(ChatGptTests.shape(read)).containsExactly("0<-1 user one", "1<0 assistant two");
		assertThat(read.messages().get(1).createdAt()).isEqualTo(Instant.parse("2026-01-31T09:05:00Z"));
	}

	@Test
	void aChatWithoutMessagesIsRefused() {
		assertThat(ImportSamples.refused("[{\"chat\":{}}]").reason()).isEqualTo("has no messages");
		assertThat(ImportSamples.refused("[{\"chat\":5}]").reason()).isEqualTo("has no messages");
	}

}
