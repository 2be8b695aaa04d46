package dev.runnel.web;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.error.ErrorAttributeOptions;
import org.springframework.boot.webflux.error.DefaultErrorAttributes;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Adds two attributes to the error page: the sentence of the problem, and the form that
 * was refused.
 */
@Component
final class ErrorPageAttributes extends DefaultErrorAttributes {

	@Override
	public Map<String, @Nullable Object> getErrorAttributes(ServerRequest request, ErrorAttributeOptions options) {
		Map<String, @Nullable Object> attributes = super.getErrorAttributes(request, options);
		Throwable error = getError(request);
		if (error != null && error.getCause() instanceof ProblemException problem) {
			attributes.put("detail", problem.getBody().getDetail());
		}
		attributes.put("refused", request.exchange().getAttribute(RefusedForm.ATTRIBUTE));
		return attributes;
	}

}
