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
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * Reads a list of models. An invalid value costs only its model or its field, not the
 * whole list.
 */
final class ModelListReader {

	private static final int MAX_NAME_CHARS = 200;

	private static final int MAX_MODELS = 10_000;

	private static final int MAX_DIGITS = 40;

	private static final int MAX_MODALITIES = 20;

	private static final Pattern MODALITY = Pattern.compile("[\\w.+/-]{1,40}");

	/** The places of the list; Together and GitHub Models send a bare array. */
	private static final List<JsonPointer> LISTS = pointers("", "/data", "/models");

	/** The names of a model for people. */
	private static final List<JsonPointer> NAMES = pointers("/name", "/display_name");

	/**
	 * The places of the context length, in tokens. The length in use comes before the
	 * length that the model was trained for.
	 */
	private static final List<JsonPointer> CONTEXTS = pointers("/loaded_context_length", // LM
																							// Studio
			"/meta/n_ctx", // llama.cpp
			"/context_length", // OpenRouter, Together
			"/context_window", // Groq
			"/max_model_len", // vLLM
			"/max_context_length", // Mistral, LM Studio
			"/model_info/max_input_tokens", "/max_input_tokens", // LiteLLM
			"/limits/max_input_tokens", // GitHub Models
			"/meta/n_ctx_train"); // llama.cpp

	/** The kinds of input. */
	private static final List<JsonPointer> MODALITIES = pointers("/architecture/input_modalities", // OpenRouter
			"/supported_input_modalities"); // GitHub Models

	/** The kinds of output. */
	private static final List<JsonPointer> OUTPUTS = pointers("/architecture/output_modalities", // OpenRouter
			"/supported_output_modalities"); // GitHub Models

	/**
	 * Control characters, line separators and characters that change the text direction.
	 */
	private static final Pattern UNSEEN = Pattern
		.compile("[\\x00-\\x1F\\x7F-\\x9F\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u2069\\uFEFF]+");

	/**
	 * The price of a search if the list has none: that of the search engine which
	 * OpenRouter uses for a model without a search of its own.
	 */
	private static final String USUAL_SEARCH_PRICE = "0.007";

	private ModelListReader() {
	}

	private static List<JsonPointer> pointers(String... places) {
		return Stream.of(places).map(JsonPointer::compile).toList();
	}

	/**
	 * Reads a list. Models for other purposes than a chat are left out, unless there are
	 * no others.
	 * @param json the response body of the endpoint
	 * @param searches whether the service lets a model that calls tools search the web
	 * @return the models in order
	 * @throws tools.jackson.core.JacksonException if it is no JSON
	 */
	static List<Model> read(byte[] json, boolean searches) {
		JsonNode root = Json.MAPPER.readTree(json);
		List<JsonNode> listed = at(root, LISTS).filter(JsonNode::isArray)
			.findFirst()
			.stream()
			.flatMap((list) -> list.values().stream())
			.filter((model) -> Model.isId(model.path("id").stringValue("")))
			.limit(MAX_MODELS)
			.toList();
		List<JsonNode> chats = listed.stream().filter(ChatModels::isChat).toList();
		return (chats.isEmpty() ? listed : chats).stream().map((model) -> model(model, searches)).toList();
	}

	private static Stream<JsonNode> at(JsonNode node, List<JsonPointer> places) {
		return places.stream().map(node::at);
	}

	private static Model model(JsonNode model, boolean searches) {
		String id = model.path("id").stringValue();
		Set<String> parameters = strings(model.path("supported_parameters")).collect(Collectors.toSet());
		return new Model(id, name(model, id), contextLength(model), price(model.path("pricing").path("prompt")),
				price(model.path("pricing").path("completion")), modalities(model), parameters.contains("reasoning"),
				parameters.contains("tools"), searches ? searchPrice(model, parameters) : null, draws(model));
	}

	/** A price of 0 means that the model has no search of its own. */
	private static @Nullable String searchPrice(JsonNode model, Set<String> parameters) {
		String stated = price(model.path("pricing").path("web_search"));
		if (stated != null && new BigDecimal(stated).signum() > 0) {
			return stated;
		}
		return parameters.contains("tools") ? USUAL_SEARCH_PRICE : null;
	}

	/** The name that the service gives, or one made of the id. */
	private static String name(JsonNode model, String id) {
		return at(model, NAMES).map((name) -> line(name.stringValue("")))
			.filter((name) -> !name.isEmpty())
			.map(Model::nameOf)
			.findFirst()
			.orElseGet(() -> Model.nameOf(id));
	}

	/** A name in one line; empty if it cannot be shown. */
	private static String line(String text) {
		String line = (text.length() > MAX_NAME_CHARS) ? "" : UNSEEN.matcher(text).replaceAll(" ").strip();
		return WellFormed.of(line);
	}

	private static List<String> modalities(JsonNode model) {
		return at(model, MODALITIES).flatMap(ModelListReader::strings)
			.filter(MODALITY.asMatchPredicate())
			.distinct()
			.limit(MAX_MODALITIES)
			.toList();
	}

	private static boolean draws(JsonNode model) {
		return at(model, OUTPUTS).flatMap(ModelListReader::strings).anyMatch("image"::equals);
	}

	private static @Nullable Long contextLength(JsonNode model) {
		return at(model, CONTEXTS).map((length) -> length.longValue(0))
			.filter((length) -> length > 0)
			.findFirst()
			.orElse(null);
	}

	/** A price is usually a text. A negative one means "depends". */
	private static @Nullable String price(JsonNode price) {
		try {
			BigDecimal number = new BigDecimal(price.isNumber() ? price.asString() : price.stringValue(""));
			boolean sane = number.signum() >= 0 && Math.abs(number.scale()) <= MAX_DIGITS
					&& number.precision() <= MAX_DIGITS;
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
