package dev.runnel.upstream.openrouter;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import dev.runnel.upstream.ModelEndpoint;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * How to reach OpenRouter, or another endpoint with the OpenAI chat completions API. A
 * blank text counts as not set.
 *
 * @param apiKey the key; it is sent to the host of the base URL and nowhere else. Without
 * a key, with the default base URL and without RUNNEL_UPSTREAMS, the mock answers
 * @param baseUrl the address of the API, http or https, without user, query and fragment.
 * An address other than the default is used without a key as well, because many local
 * servers need none
 * @param model the model that answers if a request names none. Not set:
 * meta-llama/llama-3.3-70b-instruct of OpenRouter, or the first chat model that another
 * service lists
 * @param models models to try, in this order, if the requested one fails before its first
 * word; they may be of several services
 * @param title the name of this application in OpenRouter's statistics
 * @param referer the address of this application in OpenRouter's statistics
 * @param maxTokens the maximum number of tokens in an answer if a request does not set it
 * @param maxTokensLimit the highest token limit that a request may set; a higher one is
 * reduced to it
 * @param maxEvent the maximum size of one event of an answer; a larger one ends the
 * answer with an error; pictures do not count
 * @param maxPicture the maximum size of a picture in an answer; a larger one is left out
 * @param maxModelList the maximum size of the model list
 * @param maxSearches the maximum number of web searches in one answer, at most 30
 * @param timeout the timeouts of each phase of an answer
 * @param pool the connection pool
 */
@ConfigurationProperties("runnel.openrouter")
record OpenRouterSettings(@Nullable String apiKey, @DefaultValue(OpenRouterSettings.PUBLIC_API) String baseUrl,
		@Nullable String model, @DefaultValue List<String> models, @DefaultValue("Runnel") String title,
		@Nullable String referer, @DefaultValue("4096") @Min(1) int maxTokens,
		@DefaultValue("32768") @Min(1) int maxTokensLimit, @DefaultValue("4MB") DataSize maxEvent,
		@DefaultValue("20MB") DataSize maxPicture, @DefaultValue("16MB") DataSize maxModelList,
		@DefaultValue("5") @Min(1) @Max(30) int maxSearches, @DefaultValue @Valid Timeout timeout,
		@DefaultValue @Valid Pool pool) {

	static final String PUBLIC_API = "https://openrouter.ai/api/v1";

	static final String DEFAULT_MODEL = "meta-llama/llama-3.3-70b-instruct";

	private static final DataSize MIN_SIZE = DataSize.ofKilobytes(1);

	private static final DataSize MAX_SIZE = DataSize.ofMegabytes(64);

	OpenRouterSettings {
		apiKey = StringUtils.hasText(apiKey) ? SettingChecks.header("runnel.openrouter.api-key", apiKey.strip()) : null;
		baseUrl = StringUtils.hasText(baseUrl) ? SettingChecks.address("runnel.openrouter.base-url", baseUrl.strip())
				: PUBLIC_API;
		model = StringUtils.hasText(model) ? model.strip() : null;
		models = models.stream().map(String::strip).filter(StringUtils::hasText).toList();
		title = SettingChecks.header("runnel.openrouter.title", title.strip());
		referer = StringUtils.hasText(referer) ? SettingChecks.header("runnel.openrouter.referer", referer.strip())
				: null;
		maxEvent = checkedSize("max-event", maxEvent);
		maxPicture = checkedSize("max-picture", maxPicture);
		maxModelList = checkedSize("max-model-list", maxModelList);
	}

	/**
	 * Whether there is a model to ask: a key or another base URL is set.
	 * @return false if the mock answers
	 */
	boolean configured() {
		return this.apiKey != null || !this.baseUrl.equals(PUBLIC_API);
	}

	/** The host of the base URL, without its port. */
	String host() {
		return Objects.requireNonNull(address().getHost());
	}

	/**
	 * The parts of the base URL. {@link java.net.URI} finds no host in a name with an
	 * underscore, which services of compose files have.
	 */
	UriComponents address() {
		return UriComponentsBuilder.fromUriString(this.baseUrl).build();
	}

	/**
	 * The model to ask if a request names none.
	 * @return null if the service must be asked for its list first
	 */
	@Nullable String knownModel() {
		return (this.model == null && (isOpenRouter() || !configured())) ? DEFAULT_MODEL : this.model;
	}

	/**
	 * Whether the endpoint is OpenRouter itself. Other servers get only the fields that
	 * every OpenAI-compatible server knows, because some refuse a request with an unknown
	 * field.
	 * @return true for openrouter.ai and its subdomains
	 */
	boolean isOpenRouter() {
		return new ModelEndpoint(null, host()).isOpenRouter();
	}

	/**
	 * The settings to ask a further service, which shares the limits, the timeouts and
	 * the pool.
	 * @param service the further service
	 * @return the settings, with the address and the key of that service alone
	 */
	OpenRouterSettings at(FurtherService service) {
		return new OpenRouterSettings(service.apiKey(), service.baseUrl(), null, List.of(), this.title, this.referer,
				this.maxTokens, this.maxTokensLimit, this.maxEvent, this.maxPicture, this.maxModelList,
				this.maxSearches, this.timeout, this.pool);
	}

	/**
	 * The settings without some of the models to try.
	 * @param kept the models to keep
	 * @return the settings with these models to try
	 */
	OpenRouterSettings trying(List<String> kept) {
		return new OpenRouterSettings(this.apiKey, this.baseUrl, this.model, kept, this.title, this.referer,
				this.maxTokens, this.maxTokensLimit, this.maxEvent, this.maxPicture, this.maxModelList,
				this.maxSearches, this.timeout, this.pool);
	}

	/** The settings without the key. */
	@Override
	public String toString() {
		return "OpenRouterSettings[baseUrl=%s, model=%s, apiKey=%s]".formatted(this.baseUrl, this.model,
				(this.apiKey != null) ? "set" : "not set");
	}

	private static DataSize checkedSize(String name, DataSize value) {
		if (value.compareTo(MIN_SIZE) < 0 || value.compareTo(MAX_SIZE) > 0) {
			throw new IllegalArgumentException("runnel.openrouter.%s is not between 1KB and 64MB".formatted(name));
		}
		return value;
	}

	/**
	 * The timeouts of an answer. Keep-alive comments do not count as data.
	 *
	 * @param connect the timeout for opening a connection to the model service
	 * @param firstData the timeout from the question to the first event of the answer;
	 * the model may load meanwhile
	 * @param betweenData the timeout from one event to the next
	 * @param total the timeout from the question to the end of the answer
	 */
	record Timeout(@DefaultValue("5s") @DurationMin(millis = 1) @DurationMax(minutes = 5) Duration connect,
			@DefaultValue("120s") @DurationMin(millis = 1) @DurationMax(hours = 24) Duration firstData,
			@DefaultValue("60s") @DurationMin(millis = 1) @DurationMax(hours = 24) Duration betweenData,
			@DefaultValue("10m") @DurationMin(millis = 1) @DurationMax(hours = 24) Duration total) {
	}

	/**
	 * The connection pool of the endpoint.
	 *
	 * @param maxConnections the maximum number of connections to the model service; no
	 * fewer than RUNNEL_STREAM_MAX_TOTAL, because each running answer uses one
	 * @param maxIdleTime how long an idle connection to the model service is kept;
	 * shorter than servers and firewalls allow, because they close it without notice
	 */
	record Pool(@DefaultValue("2500") @Min(1) @Max(100_000) int maxConnections,
			@DefaultValue("30s") @DurationMin(millis = 1) Duration maxIdleTime) {
	}

}
