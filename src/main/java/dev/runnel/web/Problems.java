package dev.runnel.web;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.runnel.web.ProblemException.FieldProblem;

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

	/** The codes of the statuses that have a code of their own. */
	private static final Map<Integer, ErrorCode> CODES = Map.of(HttpStatus.NOT_FOUND.value(), ErrorCode.NOT_FOUND,
			HttpStatus.UNSUPPORTED_MEDIA_TYPE.value(), ErrorCode.UNSUPPORTED_MEDIA_TYPE,
			HttpStatus.CONTENT_TOO_LARGE.value(), ErrorCode.PAYLOAD_TOO_LARGE);

	private static final Map<ErrorCode, String> DETAILS = Map.of(ErrorCode.NOT_FOUND,
			"There is nothing at this address.", ErrorCode.UNSUPPORTED_MEDIA_TYPE,
			"Send the request as application/json.", ErrorCode.PAYLOAD_TOO_LARGE, "The request is too large.");

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
			return UnreadableRequest.problem(input);
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
			return ProblemException.of(Reason.REQUEST_TOO_LARGE);
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

	private static ErrorResponse known(ErrorResponse response) {
		HttpStatusCode status = response.getStatusCode();
		ErrorCode code = code(status);
		String detail = (code != ErrorCode.INTERNAL) ? detail(response, code) : "Something went wrong on the server.";
		ProblemException problem = ProblemException.of(status, code, detail);
		problem.getHeaders().putAll(response.getHeaders());
		return (code == ErrorCode.PAYLOAD_TOO_LARGE) ? problem.because(Reason.REQUEST_TOO_LARGE) : problem;
	}

	private static ErrorCode code(HttpStatusCode status) {
		ErrorCode otherwise = status.is4xxClientError() ? ErrorCode.INVALID_REQUEST : ErrorCode.INTERNAL;
		return CODES.getOrDefault(status.value(), otherwise);
	}

	private static String detail(ErrorResponse response, ErrorCode code) {
		if (response instanceof MethodNotAllowedException wrong) {
			return "This address accepts " + methods(wrong.getSupportedMethods()) + ", not " + wrong.getHttpMethod()
					+ ".";
		}
		if (response instanceof UnsupportedMediaTypeStatusException wrong) {
			return "Send the request as " + types(wrong.getSupportedMediaTypes()) + ".";
		}
		return DETAILS.getOrDefault(code, "The request is not valid.");
	}

	private static String types(List<MediaType> types) {
		return types.isEmpty() ? MediaType.APPLICATION_JSON_VALUE
				: types.stream().map(MediaType::toString).collect(Collectors.joining(" or "));
	}

	private static String methods(Set<HttpMethod> methods) {
		return methods.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(" or "));
	}

}
