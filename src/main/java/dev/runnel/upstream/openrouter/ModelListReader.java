package dev.runnel.upstream.openrouter;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.runnel.upstream.Model;
import dev.runnel.upstream.WellFormed;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a list of models. An invalid value costs only its model or its field, not the
 * whole list.
 */
final class ModelListReader {

	private static final int LONGEST_NAME = 200;

	private static final int MOST_MODELS = 10_000;

	private static final int MOST_DIGITS = 40;

	private static final int MOST_MODALITIES = 20;

	private static final Pattern MODALITY = Pattern.compile("[\\w.+/-]{1,40}");

	/**
	 * Control characters, line separators and characters that change the text direction.
	 */
	private static final Pattern UNSEEN = Pattern
		.compile("[\\x00-\\x1F\\x7F-\\x9F\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u2069\\uFEFF]+");

	private ModelListReader() {
	}

	/**
	 * Reads a list.
	 * @param json the response body of the endpoint
	 * @return the models in order
	 * @throws tools.jackson.core.JacksonException if it is no JSON
	 */
	static List<Model> read(byte[] json) {
		return Json.MAPPER.readTree(json)
			.path("data")
			.values()
			.stream()
			.filter((model) -> Model.isId(model.path("id").stringValue("")))
			.limit(MOST_MODELS)
			.map(ModelListReader::model)
			.toList();
	}

	private static Model model(JsonNode model) {
		String id = model.path("id").stringValue();
		String name = name(model.path("name").stringValue(""));
		Set<String> parameters = strings(model.path("supported_parameters")).collect(Collectors.toSet());
		return new Model(id, name.isEmpty() ? id : name, contextLength(model),
				price(model.path("pricing").path("prompt")), price(model.path("pricing").path("completion")),
				modalities(model.path("architecture").path("input_modalities")), parameters.contains("reasoning"),
				parameters.contains("tools"));
	}

	/** The name in one line; empty if it cannot be shown. */
	private static String name(String text) {
		String line = (text.length() > LONGEST_NAME) ? "" : UNSEEN.matcher(text).replaceAll(" ").strip();
		return WellFormed.of(line);
	}

	private static List<String> modalities(JsonNode array) {
		return strings(array).filter(MODALITY.asMatchPredicate()).distinct().limit(MOST_MODALITIES).toList();
	}

	private static @Nullable Long contextLength(JsonNode model) {
		// the second is vLLM's name
		return Stream.of(model.path("context_length"), model.path("max_model_len"))
			.map((length) -> length.longValue(0))
			.filter((length) -> length > 0)
			.findFirst()
			.orElse(null);
	}

	/** A price is usually a text. A negative one means "depends". */
	private static @Nullable String price(JsonNode price) {
		try {
			BigDecimal number = new BigDecimal(price.isNumber() ? price.asString() : price.stringValue(""));
			boolean sane = number.signum() >= 0 && Math.abs(number.scale()) <= MOST_DIGITS
					&& number.precision() <= MOST_DIGITS;
			return sane ? number.toPlainString() : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private static Stream<String> strings(JsonNode array) {
		return array.values().stream().map((value) -> value.stringValue("")).filter((text) -> !text.isEmpty());
	}

}
