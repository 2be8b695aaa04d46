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
 * Why a turn ended badly, as its readers are told.
 *
 * @param code a code of the wire contract
 * @param message a sentence for a person
 * @param retryable whether asking again may help
 * @param status the HTTP status where no stream has begun
 * @param retryAfter when asking again may help; null where not known
 */
record ChatFailure(String code, String message, boolean retryable, HttpStatus status, @Nullable Duration retryAfter) {

	/** The answer broke off for a reason of this server's. */
	static final ChatFailure INTERRUPTED = new ChatFailure(ErrorCode.INTERRUPTED.code(),
			"The answer was interrupted before its end.", true, ErrorCode.INTERRUPTED.status(), null);

	/** Something in Runnel is broken. */
	static final ChatFailure INTERNAL = new ChatFailure(ErrorCode.INTERNAL.code(),
			"Something went wrong on the server.", true, ErrorCode.INTERNAL.status(), null);

	/**
	 * What an error means to readers.
	 * @param ex the error
	 * @return the failure, which tells no more than a visitor may know
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
