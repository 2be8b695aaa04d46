package dev.runnel.upstream.openrouter;

import java.math.BigDecimal;

import dev.runnel.upstream.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads how many tokens an answer took, and what it cost.
 */
final class UsageReader {

	private final JsonParser parser;

	UsageReader(JsonParser parser) {
		this.parser = parser;
	}

	/**
	 * Reads the usage.
	 * @param value the current token
	 * @return the plausible part of the usage; null if the value is no object
	 */
	@Nullable Usage read(JsonToken value) {
		if (value != JsonToken.START_OBJECT) {
			this.parser.skipChildren();
			return null;
		}
		Long prompt = null;
		Long completion = null;
		Long thought = null;
		Long cached = null;
		BigDecimal cost = null;
		for (String name = this.parser.nextName(); name != null; name = this.parser.nextName()) {
			JsonToken token = this.parser.nextToken();
			switch (name) {
				case "prompt_tokens" -> prompt = count(token);
				case "completion_tokens" -> completion = count(token);
				case "prompt_tokens_details" -> cached = detail(token, "cached_tokens");
				case "completion_tokens_details" -> thought = detail(token, "reasoning_tokens");
				case "cost" -> cost = price(token);
				default -> this.parser.skipChildren();
			}
		}
		return new Usage(prompt, completion, thought, cached, cost).plausible();
	}

	private @Nullable Long detail(JsonToken value, String wanted) {
		if (value != JsonToken.START_OBJECT) {
			this.parser.skipChildren();
			return null;
		}
		Long found = null;
		for (String name = this.parser.nextName(); name != null; name = this.parser.nextName()) {
			JsonToken token = this.parser.nextToken();
			if (name.equals(wanted)) {
				found = count(token);
			}
			else {
				this.parser.skipChildren();
			}
		}
		return found;
	}

	private Long count(JsonToken value) {
		return number(this.parser, value, -1);
	}

	private @Nullable BigDecimal price(JsonToken value) {
		if (!value.isNumeric()) {
			this.parser.skipChildren();
			return null;
		}
		return this.parser.getDecimalValue();
	}

	/**
	 * Reads a whole number.
	 * @param parser the parser, at the value
	 * @param value the current token
	 * @param otherwise the result for any other value
	 */
	static long number(JsonParser parser, JsonToken value, long otherwise) {
		if (value == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
			return parser.getLongValue();
		}
		parser.skipChildren();
		return otherwise;
	}

}
