package dev.runnel.web;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponseException;

/**
 * A failure that is sent as {@code application/problem+json} (RFC 9457).
 */
public final class ProblemException extends ErrorResponseException {

	/**
	 * The problem type for problems fully described by status and code (RFC 9457, section
	 * 4.2.1).
	 */
	private static final URI NO_TYPE = URI.create("about:blank");

	/** The name of the {@link Reason} in the body. */
	static final String REASON = "reason";

	/** The name of the parameters of the reason in the body. */
	static final String PARAMETERS = "parameters";

	private final ErrorCode code;

	private @Nullable Reason reason;

	/**
	 * Creates a problem.
	 * @param status the HTTP status
	 * @param code the code for programs
	 * @param detail a sentence for people
	 * @param errors the errors by field; may be empty
	 * @param retryAfter when a retry may help; null if unknown
	 */
	public ProblemException(HttpStatusCode status, ErrorCode code, String detail, List<FieldProblem> errors,
			@Nullable Duration retryAfter) {
		super(status);
		this.code = code;
		setDetail(detail);
		setType(NO_TYPE);
		getBody().setProperty("code", code.code());
		if (!errors.isEmpty()) {
			getBody().setProperty("errors", errors);
		}
		if (retryAfter != null) {
			getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds())));
		}
	}

	/**
	 * Creates the problem for a reason, with the code of the reason, its sentence, and
	 * the default status of the code.
	 * @param reason the reason
	 * @param parameters the numbers and names in its sentence
	 * @return the problem
	 */
	public static ProblemException of(Reason reason, Object... parameters) {
		return of(reason.code(), reason.fill(parameters)).because(reason, parameters);
	}

	/**
	 * Creates the problem for a request that the server cannot serve now, with status
	 * 503.
	 * @param reason the reason
	 * @param retryAfter when a retry may help; null if unknown
	 * @return the problem
	 */
	public static ProblemException unavailable(Reason reason, @Nullable Duration retryAfter) {
		return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, reason.code(), reason.fill(), List.of(), retryAfter)
			.because(reason);
	}

	/**
	 * Creates a problem with the default status of its code.
	 * @param code the code
	 * @param detail a sentence for people
	 * @return the problem
	 */
	public static ProblemException of(ErrorCode code, String detail) {
		return of(code.status(), code, detail);
	}

	/**
	 * Creates a problem with another status than the default one of its code.
	 * @param status the HTTP status
	 * @param code the code
	 * @param detail a sentence for people
	 * @return the problem
	 */
	public static ProblemException of(HttpStatusCode status, ErrorCode code, String detail) {
		return new ProblemException(status, code, detail, List.of(), null);
	}

	/**
	 * Creates the problem for a request beyond a limit.
	 * @param retryAfter when a retry may help
	 * @param reason the reason
	 * @param parameters the numbers and names in its sentence
	 * @return the problem
	 */
	public static ProblemException tooMany(Duration retryAfter, Reason reason, Object... parameters) {
		return tooMany(reason.fill(parameters), retryAfter).because(reason, parameters);
	}

	/**
	 * Creates the problem for a request beyond a limit.
	 * @param detail a sentence for people
	 * @param retryAfter when a retry may help
	 * @return the problem
	 */
	public static ProblemException tooMany(String detail, Duration retryAfter) {
		return new ProblemException(ErrorCode.RATE_LIMITED.status(), ErrorCode.RATE_LIMITED, detail, List.of(),
				retryAfter);
	}

	/**
	 * Creates the problem for a bad request with an error in one field.
	 * @param field the name of the field
	 * @param message what is wrong, and what would be right
	 * @return the problem
	 */
	public static ProblemException field(String field, String message) {
		return fields(List.of(new FieldProblem(field, message)));
	}

	/**
	 * Creates the problem for a bad request with errors in several fields.
	 * @param errors at least one error
	 * @return the problem
	 */
	public static ProblemException fields(List<FieldProblem> errors) {
		FieldProblem first = errors.get(0);
		String detail = "The field '" + first.field() + "' " + first.message() + ".";
		return new ProblemException(ErrorCode.INVALID_REQUEST.status(), ErrorCode.INVALID_REQUEST, detail, errors,
				null);
	}

	/**
	 * Creates the problem for an object that does not exist or belongs to another
	 * visitor. The two cases look the same.
	 * @param what a noun, such as "conversation"
	 * @return the problem
	 */
	public static ProblemException notFound(String what) {
		return of(ErrorCode.NOT_FOUND, "There is no such " + what + ".");
	}

	/**
	 * Adds the reason, so that the page can say it in the reader's language.
	 * @param reason the reason
	 * @param parameters the numbers and names in its text
	 * @return this problem
	 */
	public ProblemException because(Reason reason, Object... parameters) {
		this.reason = reason;
		getBody().setProperty(REASON, reason.wireName());
		if (parameters.length > 0) {
			getBody().setProperty(PARAMETERS, List.of(parameters));
		}
		return this;
	}

	/**
	 * Returns whether the failure is a 404.
	 * @param failure the failure; null for none
	 * @return true if so
	 */
	public static boolean isNotFound(@Nullable Throwable failure) {
		return failure instanceof ProblemException problem
				&& problem.getStatusCode().isSameCodeAs(ErrorCode.NOT_FOUND.status());
	}

	/**
	 * Returns the reason.
	 * @return the reason; null if it has none
	 */
	public @Nullable Reason reason() {
		return this.reason;
	}

	/**
	 * Returns the numbers and names in the text of the reason.
	 * @return the parameters; may be empty
	 */
	public List<Object> parameters() {
		Map<String, Object> properties = getBody().getProperties();
		return (properties != null && properties.get(PARAMETERS) instanceof List<?> parameters)
				? List.copyOf(parameters) : List.of();
	}

	/**
	 * Returns the stable code for programs.
	 * @return a code of the API
	 */
	public String code() {
		return this.code.code();
	}

	/**
	 * An error in one field of a request.
	 *
	 * @param field the name of the field
	 * @param message what is wrong, and what would be right
	 */
	public record FieldProblem(String field, String message) {
	}

}
