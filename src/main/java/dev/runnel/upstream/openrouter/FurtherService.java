package dev.runnel.upstream.openrouter;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * How to reach a further service with the OpenAI chat completions API.
 *
 * @param name its name on the page
 * @param baseUrl the address of its API
 * @param apiKey its key, sent to the host of this address and nowhere else; null for none
 * @param models the models that it may be asked for: ids, or patterns in which a star
 * stands for any text; empty for all
 * @param users the people who may use it
 */
record FurtherService(String name, String baseUrl, @Nullable String apiKey, @DefaultValue List<String> models,
		@DefaultValue("everybody") Users users) {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");

	// A part that is not set comes as null.

	FurtherService {
		name = StringUtils.hasText(name) ? name.strip() : "";
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException(
					"runnel.upstreams needs a name for each service: 1 to 40 letters, digits, dots, hyphens and underscores");
		}
		baseUrl = SettingChecks.address(setting("base-url", name), StringUtils.hasText(baseUrl) ? baseUrl.strip() : "");
		apiKey = StringUtils.hasText(apiKey) ? SettingChecks.header(setting("api-key", name), apiKey.strip()) : null;
		if (apiKey == null && baseUrl.equals(OpenRouterSettings.PUBLIC_API)) {
			throw new IllegalArgumentException(setting("api-key", name) + " is needed for this address");
		}
		models = models.stream().map(String::strip).filter(StringUtils::hasText).toList();
	}

	private static String setting(String part, String name) {
		return "runnel.upstreams: the " + part + " of " + name;
	}

	/** The service without its key. */
	@Override
	public String toString() {
		return "FurtherService[name=%s, baseUrl=%s, apiKey=%s]".formatted(this.name, this.baseUrl,
				(this.apiKey != null) ? "set" : "not set");
	}

	/**
	 * The people who may use a service.
	 */
	enum Users {

		/** Everybody who may use the chat. */
		EVERYBODY,

		/** Admins who have signed in. Without accounts there are none. */
		ADMINS

	}

}
