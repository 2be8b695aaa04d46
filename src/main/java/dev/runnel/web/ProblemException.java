package dev.runnel.web;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponseException;

/**
 * A failure that becomes an {@code application/problem+json} answer (RFC 9457).
 */
public final class ProblemException extends ErrorResponseException {

	/**
	 * The type of a problem that its status and code say all of (RFC 9457, section
	 * 4.2.1).
	 */
	private static final URI NO_TYPE = URI.create("about:blank");

	private final String code;

	/**
	 * Creates a problem.
	 * @param status the HTTP status
	 * @param code the stable code for programs
	 * @param detail a sentence for a person
	 * @param errors what is wrong with which field; may be empty
	 * @param retryAfter when trying again may help, or null
	 */
	public ProblemException(HttpStatusCode status, String code, String detail, List<FieldProblem> errors,
			@Nullable Duration retryAfter) {
		super(status);
		this.code = code;
		setDetail(detail);
		setType(NO_TYPE);
		getBody().setProperty("code", code);
		if (!errors.isEmpty()) {
			getBody().setProperty("errors", errors);
		}
		if (retryAfter != null) {
			getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds())));
		}
	}

	/**
	 * A problem with the status that belongs to its code.
	 * @param code what went wrong
	 * @param detail a sentence for a person
	 * @return the problem
	 */
	public static ProblemException of(ErrorCode code, String detail) {
		return new ProblemException(code.status(), code.code(), detail, List.of(), null);
	}

	/**
	 * A request beyond a limit.
	 * @param detail a sentence for a person
	 * @param retryAfter when trying again may help
	 * @return the problem
	 */
	public static ProblemException tooMany(String detail, Duration retryAfter) {
		return new ProblemException(ErrorCode.RATE_LIMITED.status(), ErrorCode.RATE_LIMITED.code(), detail, List.of(),
				retryAfter);
	}

	/**
	 * A bad request with one field to blame.
	 * @param field the field
	 * @param message what is wrong with it, and what would be right
	 * @return the problem
	 */
	public static ProblemException field(String field, String message) {
		return fields(List.of(new FieldProblem(field, message)));
	}

	/**
	 * A bad request with the fields to blame.
	 * @param errors at least one
	 * @return the problem
	 */
	public static ProblemException fields(List<FieldProblem> errors) {
		FieldProblem first = errors.get(0);
		String detail = "The field '" + first.field() + "' " + first.message() + ".";
		return new ProblemException(ErrorCode.INVALID_REQUEST.status(), ErrorCode.INVALID_REQUEST.code(), detail,
				errors, null);
	}

	/**
	 * There is no such thing, or not for this visitor: the two look the same.
	 * @param what a noun, such as "conversation"
	 * @return the problem
	 */
	public static ProblemException notFound(String what) {
		return of(ErrorCode.NOT_FOUND, "There is no such " + what + ".");
	}

	/**
	 * Whether something failed since it is not there.
	 * @param failure what went wrong; null for nothing
	 * @return true if so
	 */
	public static boolean isNotFound(@Nullable Throwable failure) {
		return failure instanceof ProblemException problem
				&& problem.getStatusCode().isSameCodeAs(ErrorCode.NOT_FOUND.status());
	}

	/**
	 * The stable code for programs.
	 * @return a code of the wire contract
	 */
	public String code() {
		return this.code;
	}

}
