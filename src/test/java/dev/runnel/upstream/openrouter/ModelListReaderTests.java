package dev.runnel.upstream.openrouter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.runnel.upstream.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelListReader}.
 */
class ModelListReaderTests {

	@Test
	void readsWhatIsShown() {
		assertThat(read("""
				{"id":"acme/chat-1:free","name":"Acme: Chat 1","context_length":131072,
				"architecture":{"input_modalities":["text","image"]},
				"pricing":{"prompt":"0.00000013","completion":"4e-7"},
				"supported_parameters":["tools","reasoning","seed"]}""")).containsExactly(new Model("acme/chat-1:free",
				"Acme: Chat 1", 131072L, "0.00000013", "0.0000004", List.of("text", "image"), true, true));
	}

	@Test
	void tellsThePriceOfASearchWhereTheServiceOffersOne() {
		String list = """
				[{"id":"a/own","pricing":{"web_search":"0.01"}},
				{"id":"a/usual","pricing":{"web_search":"0"},"supported_parameters":["tools"]},
				{"id":"a/none","pricing":{"web_search":"0"}},{"id":"a/odd","pricing":{"web_search":"dear"}}]""";
		assertThat(ModelListReader.read(list.getBytes(StandardCharsets.UTF_8), true)).extracting(Model::webSearchPrice)
			.containsExactly("0.01", "0.007", null, null);
		assertThat(ModelListReader.read(list.getBytes(StandardCharsets.UTF_8), false)).extracting(Model::webSearchPrice)
			.containsOnlyNulls();
	}

	@Test
	void takesListsOfOtherServers() {
		assertThat(read("""
				{"id":"qwen2.5:7b","object":"model","owned_by":"library","max_model_len":4096}"""))
			.containsExactly(new Model("qwen2.5:7b", "qwen2.5:7b", 4096L, null, null, List.of(), false, false));
	}

	@Test
	void oddModelDoesNotSpoilList() {
		List<Model> models = read(
				"""
						{"id":null}, 7, {"id":"two\\nlines"}, {"id":"a/b","name":4,"context_length":"x","pricing":{"prompt":"-1",
						"completion":"1e-999999999"},"architecture":null,"supported_parameters":"tools"}""");
		assertThat(models).containsExactly(new Model("a/b", "a/b", null, null, null, List.of(), false, false));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "/data/models/Qwen2.5-7B-Instruct | Qwen2.5-7B-Instruct",
					"../models/my model.gguf | my model.gguf", "./m/ | m", "C:\\models\\a b.gguf | a b.gguf",
					"~/m/a.gguf | a.gguf", "unsloth/Qwen3-GGUF/q4.gguf | q4.gguf",
					"models/gemini-2.5-flash | gemini-2.5-flash", "acme/chat-1:free | acme/chat-1:free",
					"~acme/chat-1 | ~acme/chat-1", "gpt-5.2 | gpt-5.2", "/ | /", "模型/七 | 模型/七" })
	void anyIdIsTakenAndAPathIsShownByItsLastPart(String id, String name) {
		String json = Json.MAPPER.writeValueAsString(java.util.Map.of("id", id));
		assertThat(read(json)).singleElement().returns(id, Model::id).returns(name, Model::name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"context_length\":4096", "\"context_window\":4096", "\"max_context_length\":4096",
			"\"max_model_len\":4096", "\"meta\":{\"n_ctx_train\":4096}",
			"\"meta\":{\"n_ctx_train\":32768,\"n_ctx\":4096}",
			"\"max_context_length\":8,\"loaded_context_length\":4096", "\"limits\":{\"max_input_tokens\":4096}",
			"\"context_length\":null,\"context_window\":4096" })
	void theContextHasManyNames(String field) {
		assertThat(read("{\"id\":\"a\"," + field + "}")).singleElement().returns(4096L, Model::contextLength);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{'id':'acme/chat','type':'embedding'}", "{'id':'acme/chat','type':'embeddings'}",
					"{'id':'acme/chat','type':'image'}", "{'id':'acme/chat','type':'rerank'}",
					"{'id':'acme/chat','capabilities':{'completion_chat':false}}",
					"{'id':'acme/chat','architecture':{'output_modalities':['image']}}",
					"{'id':'acme/chat','supported_output_modalities':['embeddings']}",
					"{'id':'nomic-embed-text:latest'}", "{'id':'text-embedding-3-small'}", "{'id':'BAAI/bge-m3'}",
					"{'id':'all-minilm'}", "{'id':'whisper-large-v3-turbo'}", "{'id':'tts-1-hd'}",
					"{'id':'gpt-4o-mini-tts'}", "{'id':'gpt-4o-transcribe'}", "{'id':'dall-e-3'}",
					"{'id':'gpt-image-1'}", "{'id':'black-forest-labs/FLUX.1-schnell'}", "{'id':'imagen-4.0-generate'}",
					"{'id':'jina-reranker-v2'}", "{'id':'omni-moderation-latest'}", "{'id':'davinci-002'}" })
	void aModelForAnotherPurposeIsNotOffered(String model) {
		assertThat(read(model.replace('\'', '"') + ",{\"id\":\"chat\"}")).extracting(Model::id).containsExactly("chat");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{'id':'embed-chat','type':'chat'}", "{'id':'a','type':'llm'}", "{'id':'a','type':'vlm'}",
					"{'id':'whisperer','capabilities':{'completion_chat':true}}",
					"{'id':'a','architecture':{'output_modalities':['image','text']}}", "{'id':'a','type':'model'}",
					"{'id':'soraya-7b'}", "{'id':'attsuki'}", "{'id':'influx-chat'}", "{'id':'claude-opus-4.6'}",
					"{'id':'gemini-2.5-flash-image'}", "{'id':'gpt-4o-audio-preview'}" })
	void whatTheServiceStatesComesBeforeTheName(String model) {
		assertThat(read(model.replace('\'', '"') + ",{\"id\":\"chat\"}")).hasSize(2);
	}

	@Test
	void aListOfOtherPurposesOnlyIsOfferedWhole() {
		assertThat(read("{\"id\":\"nomic-embed-text\"}")).hasSize(1);
	}

	@Test
	void aListWithoutAnObjectAroundItIsTaken() {
		String list = "[{\"id\":\"a\",\"display_name\":\"A (7B)\"},{\"id\":\"b\",\"type\":\"image\"}]";
		assertThat(ModelListReader.read(list.getBytes(StandardCharsets.UTF_8), false)).extracting(Model::name)
			.containsExactly("A (7B)");
	}

	@Test
	void aNameIsOneLineThatReadsForward() {
		assertThat(read("""
				{"id":"a/b","name":"\\u0000Good\\n\\u202eevil\\u2028"},{"id":"a/c","name":"\\u202e\\n"}"""))
			.extracting(Model::name)
			.containsExactly("Good evil", "a/c");
	}

	@Test
	void keepsTheModalitiesOfAModelShort() {
		String many = IntStream.range(0, 1000).mapToObj((at) -> "\"kind" + at + "\"").collect(Collectors.joining(","));
		assertThat(read(
				"{\"id\":\"a/b\",\"architecture\":{\"input_modalities\":[\"text\",\"text\",\"a\\u202eb\",\"%s\",%s]}}"
					.formatted("x".repeat(100), many))
			.get(0)
			.inputModalities()).hasSize(20).startsWith("text", "kind0");
	}

	@Test
	void nothingIsNoList() {
		assertThat(ModelListReader.read("{\"data\":null}".getBytes(StandardCharsets.UTF_8), false)).isEmpty();
		assertThat(ModelListReader.read("[]".getBytes(StandardCharsets.UTF_8), false)).isEmpty();
	}

	private static List<Model> read(String models) {
		return ModelListReader.read("{\"data\":[%s]}".formatted(models).getBytes(StandardCharsets.UTF_8), false);
	}

}
