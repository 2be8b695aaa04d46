package dev.runnel.web;

import org.springframework.http.HttpStatus;

/**
 * The failures that Runnel itself reports, in the words of the wire contract.
 */
public enum ErrorCode {

	/** The request is malformed or not allowed. */
	INVALID_REQUEST("invalid_request", HttpStatus.BAD_REQUEST),

	/** There is no such thing, or not for this visitor. */
	NOT_FOUND("not_found", HttpStatus.NOT_FOUND),

	/** The body is not of a type that acts. */
	UNSUPPORTED_MEDIA_TYPE("unsupported_media_type", HttpStatus.UNSUPPORTED_MEDIA_TYPE),

	/** The body or a part of it is too large. */
	PAYLOAD_TOO_LARGE("payload_too_large", HttpStatus.CONTENT_TOO_LARGE),

	/** The visitor, or all visitors together, ask for too much at once. */
	RATE_LIMITED("rate_limited", HttpStatus.TOO_MANY_REQUESTS),

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
	 * The stable code for programs.
	 * @return a code of the wire contract
	 */
	public String code() {
		return this.code;
	}

	/**
	 * The HTTP status that goes with the code where no other is said.
	 * @return the status
	 */
	public HttpStatus status() {
		return this.status;
	}

}
