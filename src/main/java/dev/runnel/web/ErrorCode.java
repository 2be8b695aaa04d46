package dev.runnel.web;

import org.springframework.http.HttpStatus;

/**
 * All failures that clients can receive, with their codes in the API. No other class
 * names a code.
 */
public enum ErrorCode {

	/** The request is malformed or not allowed. */
	INVALID_REQUEST("invalid_request", HttpStatus.BAD_REQUEST),

	/** The request has no session and no key, or they have ended. */
	UNAUTHENTICATED("unauthenticated", HttpStatus.UNAUTHORIZED),

	/** The account or the key may not do this. */
	FORBIDDEN("forbidden", HttpStatus.FORBIDDEN),

	/** The object does not exist, or does not belong to this visitor. */
	NOT_FOUND("not_found", HttpStatus.NOT_FOUND),

	/** The media type of the body is not accepted. */
	UNSUPPORTED_MEDIA_TYPE("unsupported_media_type", HttpStatus.UNSUPPORTED_MEDIA_TYPE),

	/** The body, or a part of it, is too large. */
	PAYLOAD_TOO_LARGE("payload_too_large", HttpStatus.CONTENT_TOO_LARGE),

	/** The visitor, or all visitors together, ask for too much at once. */
	RATE_LIMITED("rate_limited", HttpStatus.TOO_MANY_REQUESTS),

	/** The stored text of the visitor, or of all visitors together, is at its limit. */
	STORAGE_FULL("storage_full", HttpStatus.INSUFFICIENT_STORAGE),

	/** The answer broke off. */
	INTERRUPTED("interrupted", HttpStatus.SERVICE_UNAVAILABLE),

	/** There is no connection to the model service, or it serves no requests now. */
	UPSTREAM_UNAVAILABLE("upstream_unavailable", HttpStatus.SERVICE_UNAVAILABLE),

	/** The model service was silent for longer than a timeout. */
	UPSTREAM_TIMEOUT("upstream_timeout", HttpStatus.GATEWAY_TIMEOUT),

	/** The model service rejects the key. */
	UPSTREAM_UNAUTHORIZED("upstream_unauthorized", HttpStatus.SERVICE_UNAVAILABLE),

	/** The account behind the key has no credits left. */
	UPSTREAM_CREDITS("upstream_credits", HttpStatus.SERVICE_UNAVAILABLE),

	/** The model service limits the rate of requests. */
	UPSTREAM_RATE_LIMITED("upstream_rate_limited", HttpStatus.TOO_MANY_REQUESTS),

	/** The model service sent no valid answer. */
	UPSTREAM_INVALID_RESPONSE("upstream_invalid_response", HttpStatus.BAD_GATEWAY),

	/** The model service reported an error of its own. */
	UPSTREAM_ERROR("upstream_error", HttpStatus.BAD_GATEWAY),

	/** The model service refused the content of the question. */
	UPSTREAM_MODERATION("upstream_moderation", HttpStatus.FORBIDDEN),

	/** The model does not exist, or is no longer offered. */
	MODEL_UNAVAILABLE("model_unavailable", HttpStatus.BAD_REQUEST),

	/** The conversation does not fit into the model's context. */
	CONTEXT_TOO_LONG("context_too_long", HttpStatus.BAD_REQUEST),

	/** Something in Runnel is broken. */
	INTERNAL("internal", HttpStatus.INTERNAL_SERVER_ERROR);

	private final String code;

	private final HttpStatus status;

	ErrorCode(String code, HttpStatus status) {
		this.code = code;
		this.status = status;
	}

	/**
	 * Returns the stable code for programs.
	 * @return a code of the API
	 */
	public String code() {
		return this.code;
	}

	/**
	 * Returns the default HTTP status of the code.
	 * @return the status
	 */
	public HttpStatus status() {
		return this.status;
	}

}
