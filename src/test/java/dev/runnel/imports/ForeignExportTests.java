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
			"DeepSeek | [{'id':'1','title':'T','inserted_at':'2026-01-31T09:05:00Z','mapping':{'root':{'id':'root','parent':null,'children':['1'],'message':null},'1':{'parent':'root','message':{'fragments':[{'type':'REQUEST','content':'Hi'}]}}}}]" })
	void aFileOfAnotherProgramIsNamed(String program, String file) {
		assertThat(ImportSamples.refused(file.replace('\'', '"')).reason())
			.isEqualTo("is an export of " + program + "; Runnel cannot read it yet");
	}

}
