package dev.runnel.imports;

import java.time.Instant;

import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.upstream.FinishReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * LibreChat's export, in the form that public sources describe.
 */
class LibreChatTests {

	private static final String ROOT = "00000000-0000-0000-0000-000000000000";

	private static final String QUESTION = user("q", ROOT, "How?");

	private static String user(String id, String parent, String text, String... more) {
		return message(id, parent, true, "'sender':'User','text':'" + text + "','model':null", more);
	}

	private static String answer(String id, String parent, String text, String... more) {
		return message(id, parent, false, "'sender':'GPT','text':'" + text + "','model':'m1'", more);
	}

	private static String message(String id, String parent, boolean user, String body, String... more) {
		return "{'messageId':'%s','conversationId':'c1','parentMessageId':'%s','isCreatedByUser':%s,'endpoint':'openAI','createdAt':'2026-01-31T09:05:01.000Z',%s%s}"
			.formatted(id, parent, user, body, (more.length > 0) ? "," + String.join(",", more) : "");
	}

	private static String children(String... messages) {
		return "'children':[" + String.join(",", messages) + "]";
	}

	private static String file(String messages) {
		return ("{'conversationId':'c1','endpoint':'openAI','title':'Bread','exportAt':'09:10:00 GMT','branches':true,"
				+ "'recursive':true,'options':{'model':'m2','temperature':1}," + messages + "}")
			.replace('\'', '"');
	}

	private static ImportItem.Found found(String... messages) {
		String file = file("'messages':[" + String.join(",", messages) + "]");
		return (ImportItem.Found) ImportSamples.read(file, ImportSamples.SETTINGS).get(0);
	}

	private static Message only(String answer) {
		return found(QUESTION, answer).conversation().messages().get(1);
	}

	@Test
	void aListKeepsTitleTimesModelsAndBranches() {
		ImportedConversation read = found(QUESTION, answer("a", "q", "A", "'finish_reason':'stop'"),
				answer("b", "q", "B"), user("r", "b", "And?"))
			.conversation();
		assertThat(read.title()).isEqualTo("Bread");
		assertThat(read.createdAt()).isEqualTo(Instant.parse("2026-01-31T09:05:01Z"));
		assertThat(ChatGptTests.shape(read)).containsExactly("0<-1 user How?", "1<0 assistant A", "2<0 assistant B",
				"3<2 user And?");
		assertThat(read.messages().get(1).answer().model()).isEqualTo("m1");
		assertThat(read.messages().get(1).answer().provider()).isEqualTo("LibreChat");
		assertThat(read.messages().get(1).answer().finishReason()).isEqualTo(FinishReason.STOP);
	}

	@Test
	void aTreeIsReadLikeAList() {
		String tree = user("q", ROOT, "How?",
				children(answer("a", "q", "A"), answer("b", "q", "B", children(user("r", "b", "And?")))));
		for (String field : new String[] { "messages", "messagesTree" }) {
			ImportedConversation read = ImportSamples.readOne(file("'" + field + "':[" + tree + "]"));
			assertThat(ChatGptTests.shape(read)).containsExactly("0<-1 user How?", "1<0 assistant A", "2<0 assistant B",
					"3<2 user And?");
		}
	}

	@Test
	void aBranchAsOneObjectIsRead() {
		ImportedConversation read = ImportSamples
			.readOne(file("'messagesTree':" + user("q", ROOT, "How?", children(answer("a", "q", "A")))));
		assertThat(ChatGptTests.shape(read)).containsExactly("0<-1 user How?", "1<0 assistant A");
	}

	@Test
	void aTreeMayBeAsDeepAsALongConversation() {
		StringBuilder tree = new StringBuilder();
		for (int i = 0; i < 1000; i++) {
			tree.append((i % 2 == 0) ? user("m" + i, "m" + (i - 1), "q" + i) : answer("m" + i, "m" + (i - 1), "a" + i));
			tree.setLength(tree.length() - 1);
			tree.append(",'children':[");
		}
		tree.append("]}".repeat(1000));
		ImportedConversation read = ImportSamples.readOne(file("'messages':[" + tree + "]"));
		assertThat(read.messages()).hasSize(1000);
		assertThat(read.messages().get(999).content()).isEqualTo("a999");
	}

	@Test
	void partsAreTextReasoningOrNotes() {
		ImportItem.Found found = found(QUESTION,
				answer("a", "q", "", "'content':[{'type':'think','think':'Hm.'},{'type':'text','text':'First.'},"
						+ "{'type':'tool_call','tool_call':{'name':'x','output':'y'}},"
						+ "{'type':'image_file','image_file':{'file_id':'f'}},{'type':'text','text':{'value':'Then.'}}]"));
		Message answer = found.conversation().messages().get(1);
		assertThat(answer.content()).isEqualTo("First.\n\nThen.\n\n[Not imported: picture]");
		assertThat(answer.answer().reasoning()).isEqualTo("Hm.");
		assertThat(found.omissions().counts()).containsExactly(new Omissions.Count("picture", 1),
				new Omissions.Count("tool_call", 1));
	}

	@Test
	void reasoningInTheTextIsReasoning() {
		Message answer = only(answer("a", "q", ":::thinking\\nHm.\\n:::\\n\\nSo."));
		assertThat(answer.content()).isEqualTo("So.");
		assertThat(answer.answer().reasoning()).isEqualTo("Hm.");
	}

	@Test
	void anAgentIsNamedByItsSender() {
		assertThat(only(answer("a", "q", "A").replace("'m1'", "'agent_x1'")).answer().model()).isEqualTo("GPT");
	}

	@Test
	void filesBecomeNotesAndFailedMessagesAreCounted() {
		ImportItem.Found found = found(
				user("q", ROOT, "Look", "'files':[{'file_id':'f','filename':'cat.png','type':'image/png'}]"),
				answer("a", "q", "{}", "'error':true"));
		assertThat(ChatGptTests.shape(found.conversation()))
			.containsExactly("0<-1 user Look\n\n[Not imported: picture cat.png]");
		assertThat(found.omissions().counts()).containsExactly(new Omissions.Count("picture", 1),
				new Omissions.Count("error", 1));
	}

	@Test
	void anUnfinishedAnswerIsInterrupted() {
		assertThat(only(answer("a", "q", "A", "'unfinished':true")).answer().state())
			.isEqualTo(AnswerState.INTERRUPTED);
	}

	@Test
	void aConversationWithoutMessagesIsRefused() {
		assertThat(ImportSamples.refused(file("'messages':[]")).reason()).isEqualTo("has no messages");
		assertThat(ImportSamples.refused(file("'messages':5")).reason()).isEqualTo("has no messages");
	}

}
