package dev.runnel.web;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.error.ErrorAttributeOptions;
import org.springframework.boot.webflux.error.DefaultErrorAttributes;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Adds attributes to the error page: the sentence of the problem, its reason with its
 * parameters, and the form that was refused.
 */
@Component
final class ErrorPageAttributes extends DefaultErrorAttributes {

	@Override
	public Map<String, @Nullable Object> getErrorAttributes(ServerRequest request, ErrorAttributeOptions options) {
		Map<String, @Nullable Object> attributes = super.getErrorAttributes(request, options);
		Throwable error = getError(request);
		if (error != null && error.getCause() instanceof ProblemException problem) {
			attributes.put("detail", problem.getBody().getDetail());
			attributes.putAll(reason(problem));
		}
		attributes.put("refused", request.exchange().getAttribute(RefusedForm.ATTRIBUTE));
		return attributes;
	}

	private static Map<String, Object> reason(ProblemException problem) {
		Map<String, Object> properties = Objects.requireNonNullElse(problem.getBody().getProperties(), Map.of());
		Object reason = properties.get(ProblemException.REASON);
		List<?> parameters = (List<?>) properties.getOrDefault(ProblemException.PARAMETERS, List.of());
		return (reason != null) ? Map.of("reason", reason, "parameters", parameters.toArray()) : Map.of();
	}

}
