package dev.runnel.imports;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files of other programs, built from public descriptions.
 */
class ForeignExportTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"Claude | [{'uuid':'1','name':'N','created_at':'2026-01-31T09:05:00Z','account':{'uuid':'2'},'chat_messages':[{'uuid':'3','text':'Hi','sender':'human','content':[{'type':'text','text':'Hi'}]}]}]",
			"Open WebUI | [{'id':'1','user_id':'2','title':'T','chat':{'models':['m'],'history':{'messages':{},'currentId':'3'},'messages':[]},'updated_at':1}]",
			"LibreChat | {'conversationId':'1','endpoint':'openAI','title':'T','exportAt':'09:05','branches':false,'recursive':true,'options':{},'messages':[{'messageId':'2','text':'Hi','isCreatedByUser':true,'content':[{'type':'text'}],'createdAt':5}]}",
			"LibreChat | {'conversationId':'1','endpoint':'openAI','messagesTree':[]}",
			"DeepSeek | [{'id':'1','title':'T','inserted_at':'2026-01-31T09:05:00Z','mapping':{'root':{'id':'root','parent':null,'children':['1'],'message':null},'1':{'parent':'root','message':{'fragments':[{'type':'REQUEST','content':'Hi'}]}}}}]" })
	void aFileOfAnotherProgramIsNamed(String program, String file) {
		assertThat(ImportSamples.refused(file.replace('\'', '"')).reason())
			.isEqualTo("is an export of " + program + "; Runnel cannot read it yet");
	}

}
