package dev.runnel;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Reports in one line which setting prevents the start, what is wrong with it and what is
 * allowed. A value that may be a secret is left out.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingFailureReporter implements SpringBootExceptionReporter {

	private static final String WHOLE_NUMBER = "a whole number";

	private static final String NUMBER = "a number";

	private static final String TRUTH = "true or false";

	/** The values that a setting of a type expects. */
	private static final Map<Class<?>, String> EXPECTED = Map.ofEntries(
			Map.entry(Duration.class, "a duration such as 500ms, 30s or 5m"),
			Map.entry(DataSize.class, "a size such as 512KB or 4MB"), Map.entry(int.class, WHOLE_NUMBER),
			Map.entry(Integer.class, WHOLE_NUMBER), Map.entry(long.class, WHOLE_NUMBER),
			Map.entry(Long.class, WHOLE_NUMBER), Map.entry(double.class, NUMBER), Map.entry(Double.class, NUMBER),
			Map.entry(boolean.class, TRUTH), Map.entry(Boolean.class, TRUTH),
			Map.entry(URI.class, "an address such as https://openrouter.ai/api/v1"));

	private static final Set<String> SECRETS = Set.of("key", "secret", "password", "url");

	@Override
	public boolean reportException(Throwable failure) {
		String line = line(failure);
		if (line == null) {
			return false;
		}
		// Logging may not be set up yet, and the operator looks at standard error.
		System.err.println("Runnel cannot start: " + line);
		return true;
	}

	/**
	 * Returns the line for a failure.
	 * @param failure the failure that prevented the start
	 * @return one line; null if the failure is not about a setting
	 */
	static @Nullable String line(Throwable failure) {
		String line = null;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof BindValidationException invalid) {
				return notAllowed(invalid);
			}
			if (cause instanceof BindException wrong) {
				line = wrongType(wrong);
			}
			// Settings that check themselves have complete messages.
			if (cause instanceof IllegalArgumentException said
					&& String.valueOf(said.getMessage()).matches("(?s)(runnel\\.|RUNNEL_).*")) {
				return said.getMessage() + ".";
			}
		}
		return line;
	}

	private static String notAllowed(BindValidationException invalid) {
		String prefix = invalid.getValidationErrors().getName().toString();
		ObjectError error = invalid.getValidationErrors().getAllErrors().get(0);
		if (error instanceof FieldError field) {
			String name = prefix + "." + dashed(field.getField());
			return name + " " + error.getDefaultMessage() + value(name, field.getRejectedValue()) + ".";
		}
		return prefix + " " + error.getDefaultMessage() + ".";
	}

	private static String wrongType(BindException wrong) {
		String name = wrong.getName().toString();
		Object value = (wrong.getProperty() != null) ? wrong.getProperty().getValue() : null;
		return name + " must be " + expected(wrong.getTarget().getType().resolve(Object.class)) + value(name, value)
				+ ".";
	}

	private static String expected(Class<?> type) {
		if (type.isEnum()) {
			return "one of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT);
		}
		return EXPECTED.getOrDefault(type, "a " + type.getSimpleName());
	}

	private static String value(String name, @Nullable Object value) {
		String last = name.substring(name.lastIndexOf('.') + 1);
		boolean secret = SECRETS.stream().anyMatch(last::contains);
		return secret ? "" : ", but is '" + String.valueOf(value).replaceAll("\\R", " ") + "'";
	}

	private static String dashed(String field) {
		return field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

}
