package dev.runnel.upstream.openrouter;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How to reach OpenRouter, or another endpoint that speaks the OpenAI chat completions
 * API. A blank text counts as not set.
 *
 * @param apiKey the key, sent to the host of the base URL and nowhere else; without a key
 * and without a base URL of its own the mock answers
 * @param baseUrl where the API is, http or https, without user, query and fragment; set
 * to something else than the default it is used without a key as well, as many local
 * servers need none
 * @param model the model that answers when a request names none
 * @param models models to try in this order when the one asked fails; OpenRouter only
 * @param title the name of this application in OpenRouter's statistics
 * @param referer the address of this application in OpenRouter's statistics
 * @param maxTokens the most tokens an answer may have where a request says nothing
 * @param maxTokensLimit the most tokens a request may ask for; more is cut to it
 * @param maxEvent the most that one event of an answer may take; more ends the answer
 * with an error
 * @param maxModelList the most that the list of models may take
 * @param timeout how long to wait, in each phase of an answer
 * @param pool the connections that are kept
 */
@ConfigurationProperties("runnel.openrouter")
@Validated
record OpenRouterSettings(@Nullable String apiKey, String baseUrl, String model, List<String> models, String title,
		@Nullable String referer, @Min(1) int maxTokens, @Min(1) int maxTokensLimit, DataSize maxEvent,
		DataSize maxModelList, @Valid Timeout timeout, @Valid Pool pool) {

	static final String PUBLIC_API = "https://openrouter.ai/api/v1";

	static final String DEFAULT_MODEL = "meta-llama/llama-3.3-70b-instruct";

	private static final DataSize SMALLEST = DataSize.ofKilobytes(1);

	private static final DataSize LARGEST = DataSize.ofMegabytes(64);

	OpenRouterSettings(@Nullable String apiKey, @DefaultValue(PUBLIC_API) String baseUrl,
			@DefaultValue(DEFAULT_MODEL) String model, @DefaultValue List<String> models,
			@DefaultValue("Runnel") String title, @Nullable String referer, @DefaultValue("4096") int maxTokens,
			@DefaultValue("32768") int maxTokensLimit, @DefaultValue("4MB") DataSize maxEvent,
			@DefaultValue("16MB") DataSize maxModelList, @DefaultValue Timeout timeout, @DefaultValue Pool pool) {
		this.apiKey = StringUtils.hasText(apiKey) ? checkedHeader("api-key", apiKey.strip()) : null;
		this.baseUrl = StringUtils.hasText(baseUrl) ? checkedUrl(baseUrl.strip()) : PUBLIC_API;
		this.model = StringUtils.hasText(model) ? model.strip() : DEFAULT_MODEL;
		this.models = models.stream().map(String::strip).filter(StringUtils::hasText).toList();
		this.title = checkedHeader("title", title.strip());
		this.referer = StringUtils.hasText(referer) ? checkedHeader("referer", referer.strip()) : null;
		this.maxTokens = maxTokens;
		this.maxTokensLimit = maxTokensLimit;
		this.maxEvent = checkedSize("max-event", maxEvent);
		this.maxModelList = checkedSize("max-model-list", maxModelList);
		this.timeout = timeout;
		this.pool = pool;
	}

	/**
	 * Whether there is something to ask: a key, or an endpoint that was named.
	 * @return false when the mock answers
	 */
	boolean configured() {
		return this.apiKey != null || !this.baseUrl.equals(PUBLIC_API);
	}

	String host() {
		return URI.create(this.baseUrl).getHost();
	}

	/**
	 * Whether the endpoint is OpenRouter itself. Others get only what every
	 * OpenAI-compatible server knows, as some refuse a request with an unknown field.
	 * @return true for openrouter.ai and the hosts below it
	 */
	boolean isOpenRouter() {
		String host = host();
		return host.equals("openrouter.ai") || host.endsWith(".openrouter.ai");
	}

	/** Leaves the key out. */
	@Override
	public String toString() {
		return "OpenRouterSettings[baseUrl=%s, model=%s, apiKey=%s]".formatted(this.baseUrl, this.model,
				(this.apiKey != null) ? "set" : "not set");
	}

	// The value is not in these messages where it may be a key.

	private static String checkedHeader(String name, String value) {
		if (!value.chars().allMatch((c) -> c >= ' ' && c <= '~')) {
			throw new IllegalArgumentException(
					"runnel.openrouter.%s has a character that no HTTP header may have; allowed is printable ASCII"
						.formatted(name));
		}
		return value;
	}

	private static String checkedUrl(String value) {
		URI uri = parsed(value);
		if (uri == null || uri.getHost() == null || uri.getScheme() == null
				|| !Set.of("http", "https").contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
			throw new IllegalArgumentException(
					"runnel.openrouter.base-url is not an http or https URL, such as " + PUBLIC_API);
		}
		if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
			throw new IllegalArgumentException("runnel.openrouter.base-url has a user, query or fragment; "
					+ "allowed are scheme, host, port and path, such as " + PUBLIC_API);
		}
		return StringUtils.trimTrailingCharacter(value, '/');
	}

	private static @Nullable URI parsed(String value) {
		try {
			return new URI(value);
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	private static DataSize checkedSize(String name, DataSize value) {
		if (value.compareTo(SMALLEST) < 0 || value.compareTo(LARGEST) > 0) {
			throw new IllegalArgumentException("runnel.openrouter.%s is not between 1KB and 64MB".formatted(name));
		}
		return value;
	}

	/**
	 * How long to wait. Keep-alive comments count as nothing.
	 *
	 * @param connect until there is a connection
	 * @param responseHead until the status and the headers are here
	 * @param firstData from the headers until the first event
	 * @param betweenData from one event to the next
	 * @param total from the question to the end of the answer
	 */
	record Timeout(@DefaultValue("5s") @DurationMin(millis = 1) @DurationMax(minutes = 5) Duration connect,
			@DefaultValue("60s") @DurationMin(millis = 1) @DurationMax(hours = 24) Duration responseHead,
			@DefaultValue("120s") @DurationMin(millis = 1) @DurationMax(hours = 24) Duration firstData,
			@DefaultValue("60s") @DurationMin(millis = 1) @DurationMax(hours = 24) Duration betweenData,
			@DefaultValue("10m") @DurationMin(millis = 1) @DurationMax(hours = 24) Duration total) {
	}

	/**
	 * The connections to the endpoint.
	 *
	 * @param maxConnections how many there may be; as each answer that is being written
	 * has one, no fewer than streams in all
	 * @param maxIdleTime how long an idle one is kept; less than what servers and
	 * firewalls allow, as they close without a word
	 */
	record Pool(@DefaultValue("2500") @Min(1) @Max(100_000) int maxConnections,
			@DefaultValue("30s") @DurationMin(millis = 1) Duration maxIdleTime) {
	}

}
