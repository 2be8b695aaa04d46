package dev.runnel.upstream;

import org.jspecify.annotations.Nullable;

/**
 * The configured model and its endpoint, whether or not it can be reached.
 *
 * @param model the id of the model that answers when a prompt names none; null if the
 * list of the endpoint decides
 * @param host the host of the endpoint; null if none is configured and the mock answers
 */
public record ModelEndpoint(@Nullable String model, @Nullable String host) {

	/**
	 * Whether the endpoint is OpenRouter itself.
	 * @return true for openrouter.ai and its subdomains
	 */
	public boolean isOpenRouter() {
		return this.host != null && (this.host.equals("openrouter.ai") || this.host.endsWith(".openrouter.ai"));
	}

	/**
	 * Whether there is an endpoint to ask.
	 * @return false when only the mock answers
	 */
	public boolean configured() {
		return this.host != null;
	}

}
