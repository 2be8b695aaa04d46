package dev.runnel.web;

import org.springframework.http.HttpStatus;

/**
 * The failures that Runnel itself reports, with their codes in the API.
 */
public enum ErrorCode {

	/** The request is malformed or not allowed. */
	INVALID_REQUEST("invalid_request", HttpStatus.BAD_REQUEST),

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
