package dev.runnel.upstream;

import org.jspecify.annotations.Nullable;

/**
 * The configured model and its endpoint, whether or not it can be reached.
 *
 * @param defaultModel the id of the model that answers when a prompt names none
 * @param host the host of the endpoint; null if none is configured and the mock answers
 */
public record ModelEndpoint(String defaultModel, @Nullable String host) {

	/**
	 * Whether there is an endpoint to ask.
	 * @return false when only the mock answers
	 */
	public boolean configured() {
		return this.host != null;
	}

}
