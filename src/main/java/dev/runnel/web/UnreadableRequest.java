package dev.runnel.web;

import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;

import org.springframework.core.MethodParameter;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebInputException;

/**
 * Converts a failure to read a request into a problem that says where the request is
 * wrong.
 */
final class UnreadableRequest {

	private UnreadableRequest() {
	}

	/**
	 * Converts a failure.
	 * @param input the failure
	 * @return the problem
	 */
	static ErrorResponse problem(ServerWebInputException input) {
		JacksonException json = json(input);
		if (json instanceof DatabindException wrong) {
			return wrongType(wrong);
		}
		String malformed = malformed(json);
		return (malformed != null) ? ProblemException.of(ErrorCode.INVALID_REQUEST, malformed) : notJson(input);
	}

	private static @Nullable JacksonException json(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof JacksonException json) {
				return json;
			}
		}
		return null;
	}

	/**
	 * Returns the fault of the JSON text; null if the text is well-formed or no JSON was
	 * read.
	 */
	private static @Nullable String malformed(@Nullable JacksonException json) {
		if (json instanceof StreamConstraintsException) {
			return "The JSON is nested too deeply or has too long a number.";
		}
		if (json instanceof InputCoercionException) {
			return "A number is too large" + where(json) + ".";
		}
		return (json instanceof StreamReadException) ? "The body is not well-formed JSON" + where(json) + "." : null;
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

	private static ErrorResponse notJson(ServerWebInputException input) {
		MethodParameter parameter = input.getMethodParameter();
		if (parameter == null || input.getCause() == null) {
			return ProblemException.of(ErrorCode.INVALID_REQUEST, "The request body is missing or unreadable.");
		}
		return ProblemException.field(String.valueOf(parameter.getParameterName()), "is malformed");
	}

}
