package dev.runnel.web;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.runnel.web.ProblemException.FieldProblem;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/**
 * Converts failures to problems for the client.
 */
final class Problems {

	private Problems() {
	}

	/**
	 * Converts any failure to a problem without internal details.
	 * @param ex the failure
	 * @return the problem
	 */
	static ErrorResponse of(Throwable ex) {
		if (ex instanceof ProblemException problem) {
			return problem;
		}
		if (ex instanceof WebExchangeBindException invalid) {
			return ProblemException.fields(fields(invalid));
		}
		if (ex instanceof HandlerMethodValidationException invalid) {
			return ProblemException.fields(fields(invalid));
		}
		if (ex instanceof ServerWebInputException input) {
			return unreadable(input);
		}
		if (ex instanceof ErrorResponse response) {
			return known(response);
		}
		if (ex instanceof InvalidMimeTypeException) {
			// Spring throws it for an Accept header with more types than it sorts.
			return ProblemException.of(HttpStatus.NOT_ACCEPTABLE, ErrorCode.INVALID_REQUEST,
					"The header Accept has too many types.");
		}
		if (ex instanceof DataBufferLimitException) {
			return ProblemException.of(ErrorCode.PAYLOAD_TOO_LARGE, "The request is too large.");
		}
		return ProblemException.of(ErrorCode.INTERNAL, "Something went wrong on the server.");
	}

	private static List<FieldProblem> fields(WebExchangeBindException invalid) {
		return invalid.getFieldErrors()
			.stream()
			.map((error) -> new FieldProblem(error.getField(), String.valueOf(error.getDefaultMessage())))
			.toList();
	}

	private static List<FieldProblem> fields(HandlerMethodValidationException invalid) {
		return invalid.getParameterValidationResults().stream().map(Problems::problem).toList();
	}

	private static FieldProblem problem(ParameterValidationResult invalid) {
		return new FieldProblem(String.valueOf(invalid.getMethodParameter().getParameterName()),
				String.valueOf(invalid.getResolvableErrors().get(0).getDefaultMessage()));
	}

	private static ErrorResponse unreadable(ServerWebInputException input) {
		JacksonException json = jackson(input);
		if (json instanceof StreamConstraintsException) {
			return ProblemException.of(ErrorCode.INVALID_REQUEST,
					"The JSON is nested too deeply or has too long a number.");
		}
		if (json instanceof InputCoercionException) {
			return ProblemException.of(ErrorCode.INVALID_REQUEST, "A number is too large" + where(json) + ".");
		}
		if (json instanceof StreamReadException) {
			return ProblemException.of(ErrorCode.INVALID_REQUEST,
					"The body is not well-formed JSON" + where(json) + ".");
		}
		if (json instanceof DatabindException wrong) {
			return wrongType(wrong);
		}
		if (input.getMethodParameter() != null && input.getCause() != null) {
			return ProblemException.field(String.valueOf(input.getMethodParameter().getParameterName()),
					"is malformed");
		}
		return ProblemException.of(ErrorCode.INVALID_REQUEST, "The request body is missing or unreadable.");
	}

	private static String where(JacksonException json) {
		return " (line " + json.getLocation().getLineNr() + ", column " + json.getLocation().getColumnNr() + ")";
	}

	private static ErrorResponse wrongType(DatabindException wrong) {
		String field = wrong.getPath()
			.stream()
			.map(JacksonException.Reference::getPropertyName)
			.map(String::valueOf)
			.collect(Collectors.joining("."));
		if (field.isEmpty()) {
			return ProblemException.of(ErrorCode.INVALID_REQUEST, "The body has to be a JSON object.");
		}
		return ProblemException.field(field, "has a value of the wrong type");
	}

	private static @Nullable JacksonException jackson(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof JacksonException json) {
				return json;
			}
		}
		return null;
	}

	private static ErrorResponse known(ErrorResponse response) {
		HttpStatusCode status = response.getStatusCode();
		ErrorCode code = code(status);
		String detail = (code != ErrorCode.INTERNAL) ? detail(response, code) : "Something went wrong on the server.";
		ProblemException problem = ProblemException.of(status, code, detail);
		problem.getHeaders().putAll(response.getHeaders());
		return problem;
	}

	private static ErrorCode code(HttpStatusCode status) {
		if (status.isSameCodeAs(HttpStatus.NOT_FOUND)) {
			return ErrorCode.NOT_FOUND;
		}
		if (status.isSameCodeAs(HttpStatus.UNSUPPORTED_MEDIA_TYPE)) {
			return ErrorCode.UNSUPPORTED_MEDIA_TYPE;
		}
		if (status.isSameCodeAs(HttpStatus.CONTENT_TOO_LARGE)) {
			return ErrorCode.PAYLOAD_TOO_LARGE;
		}
		return status.is4xxClientError() ? ErrorCode.INVALID_REQUEST : ErrorCode.INTERNAL;
	}

	private static String detail(ErrorResponse response, ErrorCode code) {
		if (response instanceof MethodNotAllowedException wrong) {
			return "This address accepts " + methods(wrong.getSupportedMethods()) + ", not " + wrong.getHttpMethod()
					+ ".";
		}
		if (response instanceof UnsupportedMediaTypeStatusException wrong
				&& !wrong.getSupportedMediaTypes().isEmpty()) {
			return "Send the request as " + wrong.getSupportedMediaTypes()
				.stream()
				.map(MediaType::toString)
				.collect(Collectors.joining(" or ")) + ".";
		}
		return switch (code) {
			case NOT_FOUND -> "There is nothing at this address.";
			case UNSUPPORTED_MEDIA_TYPE -> "Send the request as application/json.";
			case PAYLOAD_TOO_LARGE -> "The request is too large.";
			default -> "The request is not valid.";
		};
	}

	private static String methods(Set<HttpMethod> methods) {
		return methods.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(" or "));
	}

}
