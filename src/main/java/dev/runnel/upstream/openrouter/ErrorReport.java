package dev.runnel.upstream.openrouter;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * An error report of upstream, in any shape that is documented or was seen.
 * {@link #PLACES} lists where servers put it. There it is an object or a text.
 *
 * @param status the HTTP status in the report; null if it has none
 * @param types its machine-readable types, most specific first
 * @param message its text, for the log file only
 * @param field the refused field of the request; null if it names none
 * @param provider the provider that reported it; null if unknown
 * @param retryAfter when to try again; null if the report does not say
 * @param moderated whether it says which content was objectionable
 * @param retryHelps whether it says that a retry helps
 * @param daily whether a daily quota is used up
 */
record ErrorReport(@Nullable Integer status, List<String> types, String message, @Nullable String field,
		@Nullable String provider, @Nullable Duration retryAfter, boolean moderated, boolean retryHelps,
		boolean daily) {

	/** No readable report. */
	static final ErrorReport NONE = new ErrorReport(null, List.of(), "", null, null, null, false, false, false);

	/**
	 * The places of a report, most specific first. The first one with content is read.
	 * OpenRouter also uses the place of OpenAI.
	 */
	private static final List<JsonPointer> PLACES = Stream.of("/error", // OpenAI
			"/choices/0/error", // OpenRouter, within an answer
			"/0/error", // Gemini
			"/errors/0", // Cohere, Cloudflare
			"/message/detail/0", "/message/detail", // Mistral
			"/detail/0", "/detail", // FastAPI
			"/0", "") // vLLM, llama.cpp: the document itself
		.map(JsonPointer::compile)
		.toList();

	private static final List<String> TEXTS = List.of("message", "msg", "detail", "error_description", "error");

	private static final int MAX_WAIT_SECONDS = 24 * 60 * 60;

	/**
	 * Reads a report.
	 * @param bytes the array that holds the JSON
	 * @param offset the index of its first byte
	 * @param length the number of its bytes
	 * @return the report; {@link #NONE} if it cannot be read
	 */
	static ErrorReport read(byte[] bytes, int offset, int length) {
		try {
			return of(Json.MAPPER.readTree(bytes, offset, length));
		}
		catch (JacksonException ex) {
			return NONE;
		}
	}

	private static ErrorReport of(JsonNode root) {
		return PLACES.stream()
			.map(root::at)
			.filter(ErrorReport::saysSomething)
			.findFirst()
			.map((error) -> error.isString() ? ofText(error.stringValue()) : ofError(error, error.path("metadata")))
			.orElse(NONE);
	}

	private static boolean saysSomething(JsonNode error) {
		if (!error.isObject()) {
			return error.isString() && !error.stringValue().isBlank();
		}
		return !message(error).isEmpty() || status(error) != null || !types(error, error.path("metadata")).isEmpty();
	}

	private static ErrorReport ofText(String text) {
		return new ErrorReport(null, List.of(), text, null, null, null, false, false, false);
	}

	private static ErrorReport ofError(JsonNode error, JsonNode metadata) {
		String message = message(error);
		boolean daily = message.contains("free-models-per-day")
				|| metadata.path("limit_source").stringValue("").endsWith("_daily");
		boolean moderated = metadata.path("reasons").isArray() || metadata.path("patterns").isArray()
				|| metadata.has("flagged_input");
		boolean retryHelps = error.path("availability").path("retryable").booleanValue(false)
				|| metadata.path("reason").stringValue("").equals("in_flight_budget_exhausted");
		return new ErrorReport(status(error), types(error, metadata), message + raw(metadata), field(error),
				metadata.path("provider_name").stringValue(null), retryAfter(error, metadata), moderated, retryHelps,
				daily);
	}

	private static String message(JsonNode error) {
		return TEXTS.stream()
			.map((name) -> error.path(name).stringValue(""))
			.filter((text) -> !text.isBlank())
			.findFirst()
			.orElse("");
	}

	/** The refused field: OpenAI names a parameter, FastAPI a path. */
	private static @Nullable String field(JsonNode error) {
		String parameter = error.path("param").stringValue("");
		if (!parameter.isBlank()) {
			return parameter;
		}
		JsonNode path = error.path("loc");
		return path.isEmpty() ? null : path.path(path.size() - 1).stringValue(null);
	}

	/**
	 * The raw error of the provider: a text, an object, or JSON in a text. Often only
	 * this holds the reason.
	 */
	private static String raw(JsonNode metadata) {
		JsonNode raw = metadata.path("raw");
		if (raw.isMissingNode() || raw.isNull()) {
			return "";
		}
		return ": " + raw.asString(raw.toString());
	}

	private static @Nullable Integer status(JsonNode error) {
		return Stream.of(error.path("code"), error.path("http_status"), error.path("status"))
			.map((node) -> number(node))
			.filter((number) -> number >= 100 && number < 1000)
			.map(Double::intValue)
			.findFirst()
			.orElse(null);
	}

	private static List<String> types(JsonNode error, JsonNode metadata) {
		return Stream
			.of(metadata.path("error_type"), error.path("error_type"), error.path("code"),
					error.path("availability").path("code"), error.path("status"), error.path("type"))
			.map((node) -> node.stringValue(null))
			.filter(Objects::nonNull)
			.map((type) -> type.toLowerCase(Locale.ROOT))
			.toList();
	}

	private static @Nullable Duration retryAfter(JsonNode error, JsonNode metadata) {
		return Stream
			.of(error.path("availability").path("retry_after"), error.path("retry_after"),
					metadata.path("retry_after_seconds"), metadata.path("headers").path("Retry-After"),
					metadata.path("headers").path("retry-after"))
			.map((node) -> number(node))
			.filter((seconds) -> seconds >= 0 && seconds <= MAX_WAIT_SECONDS)
			.map((seconds) -> Duration.ofMillis((long) (seconds * 1000)))
			.findFirst()
			.orElse(null);
	}

	private static double number(JsonNode node) {
		if (node.isNumber()) {
			return node.doubleValue(-1);
		}
		String text = node.stringValue("");
		return text.matches("\\d{1,9}(\\.\\d{1,9})?") ? Double.parseDouble(text) : -1;
	}

}
