package dev.runnel.upstream.openrouter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.runnel.upstream.Model;
import org.junit.jupiter.api.Test;

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
	void takesListsOfOtherServers() {
		assertThat(read("""
				{"id":"qwen2.5:7b","object":"model","owned_by":"library","max_model_len":4096}"""))
			.containsExactly(new Model("qwen2.5:7b", "qwen2.5:7b", 4096L, null, null, List.of(), false, false));
	}

	@Test
	void oddModelDoesNotSpoilList() {
		List<Model> models = read("""
				{"id":null}, 7, {"id":"no id"}, {"id":"a/b","name":4,"context_length":"x","pricing":{"prompt":"-1",
				"completion":"1e-999999999"},"architecture":null,"supported_parameters":"tools"}""");
		assertThat(models).containsExactly(new Model("a/b", "a/b", null, null, null, List.of(), false, false));
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
		assertThat(ModelListReader.read("{\"data\":null}".getBytes(StandardCharsets.UTF_8))).isEmpty();
		assertThat(ModelListReader.read("[]".getBytes(StandardCharsets.UTF_8))).isEmpty();
	}

	private static List<Model> read(String models) {
		return ModelListReader.read("{\"data\":[%s]}".formatted(models).getBytes(StandardCharsets.UTF_8));
	}

}
