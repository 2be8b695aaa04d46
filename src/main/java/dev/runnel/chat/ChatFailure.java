package dev.runnel.chat;

import java.time.Duration;
import java.util.List;

import dev.runnel.upstream.UpstreamException;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * Why a turn failed, as its readers are told.
 *
 * @param code a code of the wire contract
 * @param message a sentence for people
 * @param retryable whether a second attempt may help
 * @param status the HTTP status if no stream has begun
 * @param retryAfter when a second attempt may help; null if unknown
 */
record ChatFailure(String code, String message, boolean retryable, HttpStatus status, @Nullable Duration retryAfter) {

	/** The server interrupted the answer. */
	static final ChatFailure INTERRUPTED = new ChatFailure(ErrorCode.INTERRUPTED.code(),
			"The answer was interrupted before its end.", true, ErrorCode.INTERRUPTED.status(), null);

	/** Runnel has a defect. */
	static final ChatFailure INTERNAL = new ChatFailure(ErrorCode.INTERNAL.code(),
			"Something went wrong on the server.", true, ErrorCode.INTERNAL.status(), null);

	/**
	 * Translates an error for readers.
	 * @param ex the error
	 * @return the failure, which shows only what a visitor may know
	 */
	static ChatFailure of(Throwable ex) {
		return (ex instanceof UpstreamException upstream) ? of(upstream.failure()) : INTERNAL;
	}

	private static ChatFailure of(UpstreamFailure failure) {
		UpstreamFailure.Kind kind = failure.kind();
		return new ChatFailure(kind.code(), kind.message(), kind.retryable(), status(kind), failure.retryAfter());
	}

	private static HttpStatus status(UpstreamFailure.Kind kind) {
		return switch (kind) {
			case TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT;
			case RATE_LIMITED, DAILY_LIMIT -> HttpStatus.TOO_MANY_REQUESTS;
			case UNAVAILABLE, UNAUTHORIZED, CREDITS -> HttpStatus.SERVICE_UNAVAILABLE;
			case INVALID_RESPONSE, ERROR, INTERRUPTED -> HttpStatus.BAD_GATEWAY;
			case MODERATION -> HttpStatus.FORBIDDEN;
			case MODEL_UNAVAILABLE, CONTEXT_TOO_LONG, REFUSED -> HttpStatus.BAD_REQUEST;
		};
	}

	ProblemException toProblem() {
		return new ProblemException(this.status, this.code, this.message, List.of(), this.retryAfter);
	}

}
