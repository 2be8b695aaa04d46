package dev.runnel.imports;

import java.time.Duration;

import dev.runnel.CpuTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The citation marks in ChatGPT's answers. In these tests, « and » stand for the
 * characters that enclose a mark.
 */
class CitationsTests {

	private static String answer(String role, String text, String metadata) {
		String file = ("[{'mapping':{'q':{'message':{'author':{'role':'user'},'content':{'parts':['Q']}}},"
				+ "'a':{'parent':'q','message':{'author':{'role':'" + role + "'},'content':{'parts':['" + text
				+ "']},'metadata':" + metadata + "}}}}]")
			.replace('\'', '"')
			.replace("«", "\\uE200")
			.replace("¦", "\\uE202")
			.replace("»", "\\uE201");
		return ImportSamples.readOne(file).messages().get(role.equals("user") ? 2 : 1).content();
	}

	private static String reference(String mark, String more) {
		return "{'content_references':[{'matched_text':'" + mark + "'," + more + "}]}";
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"'items':[{'title':'A page','url':'https://a.example/x','attribution':'A'}] | Flour ([A](https://a.example/x)).",
			"'items':[{'title':'A [1]','url':'https://a.example/x_(y)'}] | Flour ([A \\[1\\]](https://a.example/x_%28y%29)).",
			"'items':[{'title':'A','url':'https://a.example','supporting_websites':[{'title':'B','url':'http://b.example'}]}] | Flour ([A](https://a.example), [B](http://b.example)).",
			"'title':'A','url':'https://a.example' | Flour ([A](https://a.example)).",
			"'alt':'([A](https://a.example))','items':[] | Flour ([A](https://a.example)).",
			"'alt':null,'name':'report.pdf' | Flour report.pdf.", "'alt':'','items':null | Flour.",
			"'items':[{'title':'A','url':'javascript:alert(1)'}] | Flour." })
	void aMarkBecomesALinkToItsSource(String reference, String expected) {
		assertThat(answer("assistant", "Flour «cite¦turn0search1».",
				reference("«cite¦turn0search1»", "'type':'grouped_webpages'," + reference)))
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "Flour «cite¦turn0search1¦turn0search2» and water.«filecite¦turn0file0» | Flour and water.",
					"By «entity¦[\\'company\\',\\'Acme\\',\\'maker of all\\']», really. | By Acme, really.",
					"Broken off «cite¦turn0 | Broken off", "\\uE203Block\\uE204 «cite¦turn1» | Block",
					"No mark: 【3†source】 | No mark: 【3†source】" })
	void aMarkWithoutASourceIsTakenOut(String text, String expected) {
		assertThat(answer("assistant", text, "{}").strip()).isEqualTo(expected);
	}

	/**
	 * Each mark without an end may seem to go on to the end of the text, and each place
	 * is counted from the beginning of the text.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "«a¦", "«a¦x ", "«", "【x" })
	void manyMarksTakeTimeInProportionToTheText(String mark) {
		String text = mark.repeat(300_000 / mark.length()) + " .";
		String places = "{'start_ix':299000,'end_ix':299100},".repeat(999);
		CpuTime.of(() -> answer("assistant", "x ".repeat(150_000), "{'citations':[" + places + "{}]}"));
		Duration usual = CpuTime.of(() -> answer("assistant", "x ".repeat(150_000), "{}"));
		Duration taken = CpuTime.of(() -> answer("assistant", text, "{'citations':[" + places + "{}]}"));
		assertThat(taken).isLessThan(usual.multipliedBy(20).plusMillis(500));
	}

	@Test
	void anOlderMarkIsFoundByItsPlace() {
		String citations = "{'citations':[{'start_ix':7,'end_ix':17,'metadata':{'title':'A','url':'https://a.example'}},"
				+ "{'start_ix':-1,'end_ix':3},{'start_ix':0,'end_ix':1e300},{}]}";
		assertThat(answer("assistant", "😀 Flour【3†source】.", citations))
			.isEqualTo("😀 Flour ([A](https://a.example)).");
	}

	@Test
	void aReferenceToPlainTextChangesNothing() {
		assertThat(answer("assistant", "Flour and water", reference(" ", "'type':'sources_footnote','alt':null")))
			.isEqualTo("Flour and water");
	}

	@Test
	void leavesTextOfPeopleUnchanged() {
		assertThat(answer("user", "An icon «x» here", "{}")).isEqualTo("An icon \uE200x\uE201 here");
	}

	@Test
	void aLongMarkIsNoTrouble() {
		assertThat(answer("assistant", "A «" + "\\u4e00".repeat(100_000) + "» B", "{}")).hasSize(100_006);
		assertThat(answer("assistant", "«".repeat(200_000) + " B", "{}")).endsWith(" B");
	}

}
