package dev.runnel.web;

import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

/**
 * The question of a form that was refused. The error page shows it, so that it can be
 * sent again.
 *
 * @param message the question as it was typed
 * @param conversationId the conversation that it was for; null for a new one
 * @param token the value of the form's {@link FormToken}
 * @param hasCookie whether the form came with a cookie of this server
 */
public record RefusedForm(String message, @Nullable String conversationId, @Nullable String token, boolean hasCookie) {

	/** The exchange attribute under which the error page finds the form. */
	static final String ATTRIBUTE = RefusedForm.class.getName();

	/**
	 * Hands the form to the error page.
	 * @param exchange the request that is refused
	 */
	public void keepIn(ServerWebExchange exchange) {
		exchange.getAttributes().put(ATTRIBUTE, this);
	}

}
