package dev.runnel.imports;

import java.time.Instant;

import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ImportedConversation;
import dev.runnel.conversation.Message;
import dev.runnel.upstream.Citation;
import dev.runnel.upstream.FinishReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Claude's export, in the form that public sources describe.
 */
class ClaudeTests {

	private static final String ROOT = "00000000-0000-4000-8000-000000000000";

	private static final String QUESTION = message("q", ROOT, "human", text("How?"));

	private static String message(String id, String parent, String sender, String content, String... more) {
		return "{'uuid':'%s','text':'','content':[%s],'sender':'%s','created_at':'2026-01-31T09:05:00.123456Z','updated_at':'2026-01-31T09:05:00Z','parent_message_uuid':'%s'%s}"
			.formatted(id, content, sender, parent, (more.length > 0) ? "," + String.join(",", more) : "");
	}

	private static String text(String text) {
		return "{'type':'text','text':'" + text + "','citations':[],'start_timestamp':'2026-01-31T09:05:00Z'}";
	}

	private static String file(String... messages) {
		return ("[{'uuid':'c1','name':'Bread','summary':'','created_at':'2026-01-31T09:04:00+00:00',"
				+ "'updated_at':'2026-01-31T09:06:00Z','account':{'uuid':'me'},'chat_messages':["
				+ String.join(",", messages) + "]}]")
			.replace('\'', '"');
	}

	private static ImportItem.Found found(String... messages) {
		return (ImportItem.Found) ImportSamples.read(file(messages), ImportSamples.SETTINGS).get(0);
	}

	private static ImportedConversation read(String... messages) {
		return found(messages).conversation();
	}

	@Test
	void keepsTitleTimesAndTexts() {
		ImportedConversation read = read(QUESTION, message("a", "q", "assistant", text("So.")));
		assertThat(read.title()).isEqualTo("Bread");
		assertThat(read.createdAt()).isEqualTo(Instant.parse("2026-01-31T09:04:00Z"));
		assertThat(read.updatedAt()).isEqualTo(Instant.parse("2026-01-31T09:06:00Z"));
		assertThat(ChatGptTests.shape(read)).containsExactly("0<-1 user How?", "1<0 assistant So.");
		assertThat(read.messages().get(1).createdAt()).isEqualTo(Instant.parse("2026-01-31T09:05:00.123456Z"));
		assertThat(read.messages().get(1).answer().provider()).isEqualTo("Claude");
		assertThat(read.messages().get(1).answer().state()).isEqualTo(AnswerState.COMPLETE);
	}

	@Test
	void keepsBranchesAndShowsTheOneThatWasShown() {
		String file = file(QUESTION, message("a", "q", "assistant", text("A")),
				message("b", "q", "assistant", text("B")), message("r", ROOT, "human", text("Else?")))
			.replace("\"account\"", "\"current_leaf_message_uuid\":\"a\",\"account\"");
		ImportedConversation read = ImportSamples.readOne(file);
		assertThat(ChatGptTests.shape(read)).containsExactly("0<-1 user How?", "1<0 assistant A", "2<0 assistant B",
				"3<-1 user Else?");
		assertThat(read.current()).isEqualTo(read.messages().get(1).id());
	}

	@Test
	void messagesThatNameNoParentFollowEachOther() {
		ImportedConversation read = ImportSamples.readOne("[{'uuid':'c','name':'','chat_messages':["
			.concat("{'text':'one','sender':'human','created_at':'2026-01-31T09:05:00Z'},")
			.concat("{'text':'two','sender':'assistant','parent_message_uuid':null,'created_at':'2026-01-31T09:05:02Z'},")
			.concat("{'text':'three','sender':'human','created_at':'2026-01-31T09:05:04Z'}]}]")
			.replace('\'', '"'));
		assertThat(ChatGptTests.shape(read)).containsExactly("0<-1 user one", "1<0 assistant two", "2<1 user three");
		assertThat(read.title()).isEqualTo("one");
		assertThat(read.createdAt()).isEqualTo(Instant.parse("2026-01-31T09:05:00Z"));
		assertThat(read.updatedAt()).isEqualTo(Instant.parse("2026-01-31T09:05:04Z"));
	}

	@Test
	void thoughtsAreReasoningAndTheWorkOfToolsIsCounted() {
		ImportItem.Found found = found(QUESTION,
				message("a", "q", "assistant",
						"{'type':'thinking','thinking':'Hm.','summaries':[]}," + text("First.")
								+ ",{'type':'tool_use','name':'web_search','input':{'query':'x'}},"
								+ "{'type':'tool_result','name':'web_search','content':[]}," + text("Then."),
						"'stop_reason':'max_tokens'"));
		Message answer = found.conversation().messages().get(1);
		assertThat(answer.content()).isEqualTo("First.\n\nThen.");
		assertThat(answer.answer().reasoning()).isEqualTo("Hm.");
		assertThat(answer.answer().finishReason()).isEqualTo(FinishReason.LENGTH);
		assertThat(found.omissions().counts()).containsExactly(new Omissions.Count("tool_call", 1),
				new Omissions.Count("tool_result", 1));
	}

	@Test
	void documentsBesideTheConversationAreShown() {
		ImportItem.Found found = found(QUESTION, message("a", "q", "assistant",
				"{'type':'tool_use','name':'artifacts','input':{'id':'x','type':'application/vnd.ant.code','title':'Sum','command':'create','language':'python','content':'1 + 1'}},"
						+ "{'type':'tool_use','name':'artifacts','input':{'id':'x','command':'update','old_str':'1','new_str':'2'}}"));
		assertThat(found.conversation().messages().get(1).content())
			.isEqualTo("**Sum**\n\n~~~python\n1 + 1\n~~~\n\n[Not imported: a change of the document]");
		assertThat(found.omissions().counts()).containsExactly(new Omissions.Count("canvas_change", 1));
	}

	@Test
	void pagesThatATextCitesAreKept() {
		String cited = text("So.").replace("'citations':[]",
				"'citations':[{'uuid':'x','start_index':0,'end_index':2,'details':{'type':'web_search_citation','url':'https://a.example/1'}},"
						+ "{'title':'B','url':'https://b.example'},{'details':5},5]");
		ImportedConversation read = read(QUESTION, message("a", "q", "assistant", cited + "," + cited));
		assertThat(read.messages().get(1).answer().citations())
			.containsExactly(new Citation("https://a.example/1", null), new Citation("https://b.example", "B"));
	}

	@Test
	void aFileBecomesItsTextOrANote() {
		ImportItem.Found found = found(message("q", ROOT, "human", text("Read these"),
				"'attachments':[{'file_name':'notes_1.txt','file_type':'txt','file_size':3,'extracted_content':'abc'}],"
						+ "'files':[{'file_name':'cat.png'},{'file_uuid':'u','file_name':'plan.pdf'}]"));
		assertThat(found.conversation().messages().get(0).content())
			.isEqualTo("Read these\n\n**notes\\_1.txt**\n\n~~~\nabc\n~~~\n\n[Not imported: picture cat.png]"
					+ "\n\n[Not imported: file plan.pdf]");
		assertThat(found.omissions().counts()).containsExactly(new Omissions.Count("picture", 1),
				new Omissions.Count("file", 1));
	}

	@Test
	void aFileWithoutBlocksStandsBelowTheText() {
		String file = "[{'uuid':'c','name':'N','chat_messages':[{'text':'Read','sender':'human','attachments':[{'file_name':'','extracted_content':'abc'}]}]}]"
			.replace('\'', '"');
		assertThat(ImportSamples.readOne(file).messages().get(0).content()).isEqualTo("Read\n\n~~~\nabc\n~~~");
	}

	@Test
	void aTextOfAnUnknownBlockIsKept() {
		ImportItem.Found found = found(QUESTION,
				message("a", "q", "assistant", "{'type':'poem','text':'Roses'},{'type':'thing','value':5}"));
		assertThat(found.conversation().messages().get(1).content()).isEqualTo("Roses");
		assertThat(found.omissions().counts()).containsExactly(new Omissions.Count("unknown", 1));
	}

	@Test
	void aStoppedAnswerSaysSo() {
		ImportedConversation read = read(QUESTION,
				message("a", "q", "assistant", text("So"), "'stop_reason':'user_canceled'"));
		assertThat(read.messages().get(1).answer().state()).isEqualTo(AnswerState.STOPPED);
	}

	@Test
	void anEmptyConversationIsRefused() {
		assertThat(ImportSamples.refused(file()).reason()).isEqualTo("has no messages");
	}

	@Test
	void strangeValuesDoNotPreventAnImport() {
		ImportItem.Found found = found("5", "null", message("q", ROOT, "human", text("How?"),
				"'model':[],'stop_reason':{},'files':5,'attachments':[null]"));
		assertThat(ChatGptTests.shape(found.conversation())).containsExactly("0<-1 user How?\n\n[Not imported: file]");
		assertThat(found.omissions().counts()).extracting(Omissions.Count::kind).containsExactly("file", "unknown");
	}

}
