package dev.runnel.upstream.openrouter;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.runnel.CpuTime;
import dev.runnel.upstream.Citation;
import dev.runnel.upstream.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ChunkReader}.
 */
class ChunkReaderTests {

	private static final Chunk NOTHING = new Chunk(null, null, null, null, null, null, false);

	@Test
	void readsDelta() {
		Chunk chunk = read("""
				{"id":"gen-1","provider":"Acme","model":"acme/chat-1","choices":[{"index":0,
				"delta":{"role":"assistant","content":"Hel"},"finish_reason":null,"native_finish_reason":null}]}""");
		assertThat(chunk).isEqualTo(new Chunk("acme/chat-1", "Acme", "Hel", null, null, null, false));
	}

	@Test
	void readsNamesAsOneVisibleLine() {
		Chunk chunk = read("""
				{"model":"a/b\\r\\nc\\u001b[31m\\u0085d\\u202e","provider":"\\r\\n\\u202e","choices":[]}""");
		assertThat(chunk.model()).isEqualTo("a/b  c [31m d");
		assertThat(chunk.provider()).isNull();
	}

	@Test
	void passesOverNamesThatAreKnown() {
		byte[] json = "{\"model\":\"a\",\"provider\":\"b\"}".getBytes(StandardCharsets.UTF_8);
		assertThat(ChunkReader.read(json, 0, json.length, false)).isEqualTo(NOTHING);
	}

	@Test
	void readsReasoningOnce() {
		assertThat(read("""
				{"choices":[{"delta":{"content":"","reasoning":"so",
				"reasoning_details":[{"type":"reasoning.text","text":"so"}]}}]}""").reasoning()).isEqualTo("so");
	}

	@Test
	void readsReasoningFromItsDetails() {
		assertThat(read("""
				{"choices":[{"delta":{"reasoning":null,"reasoning_details":[{"type":"reasoning.text","text":"so"},
				{"type":"reasoning.encrypted","data":"AA"},7,{"type":"reasoning.summary","summary":" it is"}]}}]}""")
			.reasoning()).isEqualTo("so it is");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"citations\":[\"https://a.example/1\",5,\"javascript:x\"],\"choices\":[]}",
			"{\"search_results\":[{\"title\":null,\"url\":\"https://a.example/1\",\"date\":\"2026-01-31\"},{}],\"choices\":[]}",
			"{\"choices\":[{\"delta\":{\"content\":\"\",\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://a.example/1\",\"start_index\":0}},{\"type\":\"file\",\"file\":{}}]}}]}" })
	void readsTheAddressesOfCitations(String chunk) {
		assertThat(read(chunk).citations()).containsExactly(new Citation("https://a.example/1", null));
		assertThat(read(chunk).failed()).isFalse();
	}

	@Test
	void readsTheTitlesOfCitations() {
		assertThat(read("""
				{"choices":[{"delta":{"annotations":[{"type":"url_citation","url_citation":{"title":"A\\n page",
				"url":"https://a.example/1","content":"x"}}]}}]}""").citations())
			.containsExactly(new Citation("https://a.example/1", "A page"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"citations\":5,\"choices\":[]}", "{\"citations\":null,\"choices\":[]}",
			"{\"search_results\":[[[]],null],\"choices\":[]}",
			"{\"choices\":[{\"delta\":{\"annotations\":{\"url\":\"https://a.example\"}}}]}" })
	void skipsStrangeCitations(String chunk) {
		assertThat(read(chunk)).isEqualTo(NOTHING);
	}

	@Test
	void readsTextInFinishChunk() {
		Chunk chunk = read("{\"choices\":[{\"finish_reason\":\"stop\",\"delta\":{\"content\":\"end\"}}]}");
		assertThat(chunk.text()).isEqualTo("end");
		assertThat(chunk.finishReason()).isEqualTo("stop");
	}

	@Test
	void readsUsage() {
		assertThat(read("""
				{"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":2,"total_tokens":14,"cost":2e-5,
				"prompt_tokens_details":{"audio_tokens":9,"cached_tokens":4},"cost_details":{"x":{"cost":1}},
				"completion_tokens_details":{"reasoning_tokens":1}}}""").usage())
			.isEqualTo(new Usage(12L, 2L, 1L, 4L, new BigDecimal("0.00002")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"cost\":\"0.1\",\"prompt_tokens\":\"12\",\"prompt_tokens_details\":null}",
			"{\"cost\":1e-999999999,\"prompt_tokens\":-1,\"completion_tokens\":99999999999999999999999}",
			"{\"cost\":1e30,\"prompt_tokens\":1000000000001,\"completion_tokens\":9223372036854775807}",
			"{\"cost\":-1,\"completion_tokens\":1.5,\"completion_tokens_details\":[1]}", "{}" })
	void passesOverOddUsage(String usage) {
		assertThat(read("{\"usage\":" + usage + "}").usage()).isEqualTo(new Usage(null, null, null, null, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "[]", "7", "\"text\"", "null", "{\"choices\":null}", "{\"choices\":{}}",
			"{\"choices\":[]}", "{\"choices\":[null,7,[]]}", "{\"choices\":[{\"delta\":null}]}", "{\"choices\":[{}]}",
			"{\"choices\":[{\"delta\":[{\"content\":\"x\"}]}]}", "{\"choices\":[{\"delta\":{\"content\":null}}]}",
			"{\"choices\":[{\"delta\":{\"content\":7,\"reasoning\":{},\"reasoning_details\":\"x\"}}]}",
			"{\"choices\":[{\"finish_reason\":7}]}", "{\"choices\":[{\"finish_reason\":\"\"}]}", "{\"model\":7}",
			"{\"usage\":null,\"error\":null}", "{\"usage\":[],\"error\":false}",
			"{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}",
			"{\"choices\":[{\"delta\":{\"content\":\"x\",\"reasoning\":\"x\"},\"error\":{},\"index\":2}]}" })
	void passesOverWhatSaysNothing(String json) {
		assertThat(read(json)).isEqualTo(NOTHING);
	}

	@Test
	void firstChoiceCountsWhereverItStands() {
		assertThat(read("""
				{"choices":[{"index":1,"delta":{"content":"no"}},{"delta":{"content":"yes"},"index":0},
				{"delta":{"content":"no"},"index":2}]}""").text()).isEqualTo("yes");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"message\":\"\",\"detail\":null,\"errors\":7}",
			"{\"choices\":[],\"message\":\"cached\",\"object\":\"chat.completion.chunk\"}" })
	void takesNoRemarkForError(String json) {
		assertThat(read(json).failed()).isFalse();
	}

	@Test
	void readsContentInParts() {
		Chunk chunk = read("""
				{"choices":[{"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"},"m"]},
				{"text":"the ","type":"text"},"capital",{"type":"reference","reference_ids":[1]},
				{"type":"reasoning","text":"!"},7,null,[{}],{"type":"text","text":" city"}]}}]}""");
		assertThat(chunk.text()).isEqualTo("the capital city");
		assertThat(chunk.reasoning()).isEqualTo("hmm!");
	}

	@Test
	void readsPagesBetweenPartsOfText() {
		Chunk chunk = read(
				"""
						{"choices":[{"delta":{"content":[{"type":"text","text":"So it is"},
						{"type":"tool_reference","tool":"web_search","title":"A page","url":"https://a.example/1","favicon":null},
						{"type":"tool_reference","title":"No page","url":{"x":1}},{"type":"tool_reference"},
						{"type":"text","text":".","url":"https://b.example/2"}]}}]}""");
		assertThat(chunk.text()).isEqualTo("So it is.");
		assertThat(chunk.citations()).containsExactly(new Citation("https://a.example/1", "A page"));
	}

	/**
	 * The time is compared with that of the same text as one part. The square of the
	 * number of parts would be thousands of times more.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "{\"choices\":[{\"delta\":{\"content\":[%s]}}]}",
			"{\"choices\":[{\"delta\":{\"content\":[{\"thinking\":[%s]}]}}]}",
			"{\"choices\":[{\"delta\":{\"reasoning_details\":[%s]}}]}" })
	void manyPartsTakeLittleMoreTimeThanOne(String json) {
		int count = 500_000;
		String many = json.formatted("\"abc\",".repeat(count) + "\"d\"");
		String one = json.formatted("\"" + "abc   ".repeat(count) + "\"");
		CpuTime.of(() -> read(one));
		Duration usual = CpuTime.of(() -> read(one));
		Duration taken = CpuTime.of(() -> assertThat(read(many)).isNotEqualTo(NOTHING));
		assertThat(taken).isLessThan(usual.multipliedBy(100).plusSeconds(1));
		Chunk chunk = read(many);
		assertThat((chunk.text() != null) ? chunk.text() : chunk.reasoning()).isEqualTo("abc".repeat(count) + "d");
	}

	@Test
	void manyChoicesTakeLittleTime() {
		String choice = "{\"delta\":{\"content\":[\"abc\"]}}";
		String json = "{\"choices\":[" + (choice + ",").repeat(150_000) + choice + "]}";
		assertThat(CpuTime.of(() -> assertThat(read(json).text()).hasSize(450_003))).isLessThan(Duration.ofSeconds(2));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"error\":{\"code\":502}}", "{\"error\":\"down\"}",
			"{\"error\":{\"message\":\"m\"},\"choices\":[]}", "{\"choices\":[{\"error\":{\"code\":502}}]}",
			"{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"error\"}]}",
			"{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"insufficient_system_resource\"}]}",
			"[{\"error\":{\"code\":429}}]", "{\"object\":\"error\",\"code\":400}", "{\"type\":\"error\"}",
			"{\"message\":\"down\"}", "{\"message\":{\"detail\":[]}}", "{\"detail\":\"down\"}",
			"{\"detail\":[{\"msg\":\"down\"}]}", "{\"errors\":[\"down\"]}" })
	void noticesErrors(String json) {
		assertThat(read(json).failed()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "{\"choices\":[{\"delta\":{\"content\":\"Hel", "no json", "<html>", "{\"a\":}" })
	void refusesWhatIsNoJson(String json) {
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> read(json));
	}

	@Test
	void refusesAbsurdNesting() {
		String deep = "[".repeat(100_000) + "]".repeat(100_000);
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> read("{\"x\":" + deep + "}"));
	}

	@Test
	void refusesAbsurdNumber() {
		assertThatExceptionOfType(JacksonException.class)
			.isThrownBy(() -> read("{\"usage\":{\"cost\":" + "1".repeat(100_000) + "}}"));
	}

	private static Chunk read(String json) {
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		return ChunkReader.read(bytes, 0, bytes.length, true);
	}

}
