package dev.runnel.conversation;

import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.web.ErrorCode;

/**
 * The codes by which clients know the failures of a model service.
 */
public final class UpstreamCodes {

	private UpstreamCodes() {
	}

	/**
	 * The code of a failure.
	 * @param kind the kind of failure
	 * @return the code for programs
	 */
	public static ErrorCode of(UpstreamFailure.Kind kind) {
		return switch (kind) {
			case UNAVAILABLE -> ErrorCode.UPSTREAM_UNAVAILABLE;
			case TIMEOUT -> ErrorCode.UPSTREAM_TIMEOUT;
			case UNAUTHORIZED -> ErrorCode.UPSTREAM_UNAUTHORIZED;
			case CREDITS -> ErrorCode.UPSTREAM_CREDITS;
			case RATE_LIMITED, DAILY_LIMIT -> ErrorCode.UPSTREAM_RATE_LIMITED;
			case INVALID_RESPONSE -> ErrorCode.UPSTREAM_INVALID_RESPONSE;
			case ERROR -> ErrorCode.UPSTREAM_ERROR;
			case MODERATION -> ErrorCode.UPSTREAM_MODERATION;
			case MODEL_UNAVAILABLE, CONTEXT_TOO_LONG, REFUSED, INTERRUPTED -> ofTurn(kind);
		};
	}

	/** The code of a failure that has to do with this turn more than with the service. */
	private static ErrorCode ofTurn(UpstreamFailure.Kind kind) {
		return switch (kind) {
			case MODEL_UNAVAILABLE -> ErrorCode.MODEL_UNAVAILABLE;
			case CONTEXT_TOO_LONG -> ErrorCode.CONTEXT_TOO_LONG;
			case REFUSED -> ErrorCode.INVALID_REQUEST;
			default -> ErrorCode.INTERRUPTED;
		};
	}

}
