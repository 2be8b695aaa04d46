package dev.runnel.chat;

import java.time.Duration;
import java.util.List;

import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * Why a turn failed, as its readers are told.
 *
 * @param code the code for programs
 * @param message a sentence for people
 * @param retryable whether a second attempt may help
 * @param status the HTTP status if no stream has begun
 * @param retryAfter when a second attempt may help; null if unknown
 */
record ChatFailure(ErrorCode code, String message, boolean retryable, HttpStatus status,
		@Nullable Duration retryAfter) {

	/** The server interrupted the answer. */
	static final ChatFailure INTERRUPTED = new ChatFailure(ErrorCode.INTERRUPTED,
			"The answer was interrupted before its end.");

	/** Runnel has a defect. */
	static final ChatFailure INTERNAL = new ChatFailure(ErrorCode.INTERNAL, "Something went wrong on the server.");

	private ChatFailure(ErrorCode code, String message) {
		this(code, message, true, code.status(), null);
	}

	/**
	 * Translates a failure of the model service for readers.
	 * @param failure the failure
	 * @return the failure, which shows only what a visitor may know
	 */
	static ChatFailure of(UpstreamFailure failure) {
		UpstreamFailure.Kind kind = failure.kind();
		// The same code with 503 says that Runnel, not the model service, broke off.
		HttpStatus status = (kind == UpstreamFailure.Kind.INTERRUPTED) ? HttpStatus.BAD_GATEWAY : code(kind).status();
		return new ChatFailure(code(kind), failure.message(), kind.retryable(), status, failure.retryAfter());
	}

	/**
	 * The code of an upstream failure.
	 * @param kind the kind of failure
	 * @return the code for programs
	 */
	static ErrorCode code(UpstreamFailure.Kind kind) {
		return switch (kind) {
			case UNAVAILABLE -> ErrorCode.UPSTREAM_UNAVAILABLE;
			case TIMEOUT -> ErrorCode.UPSTREAM_TIMEOUT;
			case UNAUTHORIZED -> ErrorCode.UPSTREAM_UNAUTHORIZED;
			case CREDITS -> ErrorCode.UPSTREAM_CREDITS;
			case RATE_LIMITED, DAILY_LIMIT -> ErrorCode.UPSTREAM_RATE_LIMITED;
			case INVALID_RESPONSE -> ErrorCode.UPSTREAM_INVALID_RESPONSE;
			case ERROR -> ErrorCode.UPSTREAM_ERROR;
			case MODERATION -> ErrorCode.UPSTREAM_MODERATION;
			case MODEL_UNAVAILABLE, CONTEXT_TOO_LONG, REFUSED, INTERRUPTED -> codeOfTurn(kind);
		};
	}

	/** The code of a failure that has to do with this turn more than with the service. */
	private static ErrorCode codeOfTurn(UpstreamFailure.Kind kind) {
		return switch (kind) {
			case MODEL_UNAVAILABLE -> ErrorCode.MODEL_UNAVAILABLE;
			case CONTEXT_TOO_LONG -> ErrorCode.CONTEXT_TOO_LONG;
			case REFUSED -> ErrorCode.INVALID_REQUEST;
			default -> ErrorCode.INTERRUPTED;
		};
	}

	ProblemException toProblem() {
		return new ProblemException(this.status, this.code, this.message, List.of(), this.retryAfter);
	}

}
