package dev.runnel.chat;

import java.time.Duration;
import java.util.List;

import dev.runnel.conversation.UpstreamCodes;
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
		ErrorCode code = UpstreamCodes.of(kind);
		// The same code with 503 says that Runnel, not the model service, broke off.
		HttpStatus status = (kind == UpstreamFailure.Kind.INTERRUPTED) ? HttpStatus.BAD_GATEWAY : code.status();
		return new ChatFailure(code, failure.message(), kind.retryable(), status, failure.retryAfter());
	}

	ProblemException toProblem() {
		return new ProblemException(this.status, this.code, this.message, List.of(), this.retryAfter);
	}

}
