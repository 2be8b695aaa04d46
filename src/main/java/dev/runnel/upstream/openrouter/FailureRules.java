package dev.runnel.upstream.openrouter;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.runnel.upstream.UpstreamFailure.Kind;
import dev.runnel.upstream.openrouter.ModelDialect.Refusal;
import io.netty.handler.codec.DecoderException;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.PrematureCloseException;

import org.springframework.core.NestedExceptionUtils;

import static java.util.Map.entry;

/**
 * Finds the {@link Failure} for a status, an error report or an exception. The type of a
 * report decides first, then its text if the status is unspecific, then the status and
 * the metadata.
 */
final class FailureRules {

	/**
	 * The types that OpenRouter documents, and the most common ones of other servers. For
	 * other types the status decides.
	 */
	private static final Map<String, Kind> BY_TYPE = Map.ofEntries(
			entry("context_length_exceeded", Kind.CONTEXT_TOO_LONG),
			entry("exceed_context_size_error", Kind.CONTEXT_TOO_LONG), entry("string_too_long", Kind.CONTEXT_TOO_LONG),
			entry("payload_too_large", Kind.CONTEXT_TOO_LONG), entry("authentication", Kind.UNAUTHORIZED),
			entry("invalid_api_key", Kind.UNAUTHORIZED), entry("payment_required", Kind.CREDITS),
			entry("insufficient_quota", Kind.CREDITS), entry("rate_limit_exceeded", Kind.RATE_LIMITED),
			entry("provider_overloaded", Kind.UNAVAILABLE), entry("provider_unavailable", Kind.UNAVAILABLE),
			entry("overloaded_error", Kind.UNAVAILABLE), entry("not_found", Kind.MODEL_UNAVAILABLE),
			entry("model_not_found", Kind.MODEL_UNAVAILABLE), entry("content_policy_violation", Kind.MODERATION),
			entry("refusal", Kind.MODERATION), entry("content_filter", Kind.MODERATION), entry("server", Kind.ERROR),
			entry("server_error", Kind.ERROR), entry("timeout", Kind.TIMEOUT), entry("invalid_request", Kind.REFUSED),
			entry("invalid_prompt", Kind.REFUSED), entry("permission_denied", Kind.REFUSED),
			entry("precondition_failed", Kind.REFUSED), entry("unprocessable", Kind.REFUSED),
			entry("unauthenticated", Kind.UNAUTHORIZED), entry("resource_exhausted", Kind.RATE_LIMITED),
			entry("unavailable", Kind.UNAVAILABLE), entry("deadline_exceeded", Kind.TIMEOUT),
			entry("internal", Kind.ERROR));

	/**
	 * Phrases of servers that send no types. They count only if the status says no more
	 * than that the request failed.
	 */
	private static final Map<Kind, Pattern> BY_TEXT = new EnumMap<>(Map.of(Kind.CONTEXT_TOO_LONG,
			text("context (length|window|size)|maximum context|prompt is too long|too many (input )?tokens"
					+ "|input token count|input is too long|reduce the length"),
			Kind.UNAUTHORIZED, text("api[ _]key not valid|(invalid|incorrect) api[ _]key|missing api[ _]key"),
			Kind.MODEL_UNAVAILABLE,
			text("model\\b.{0,200}\\b(not found|does not exist|not exist|not loaded)|no models? loaded"), Kind.CREDITS,
			text("insufficient (balance|credit|quota|funds)")));

	private static final Set<Integer> OPEN_STATUS = Set.of(400, 422, 500);

	private FailureRules() {
	}

	/**
	 * The failure for a response with an error status.
	 * @param status the HTTP status of the response
	 * @param report the error report in its body
	 * @param retryAfter the wait in its header; null if it has none
	 */
	static Failure ofStatus(int status, ErrorReport report, @Nullable Duration retryAfter) {
		Kind kind = kind(report, status);
		Duration wait = (retryAfter != null) ? retryAfter : report.retryAfter();
		return classified(kind, "HTTP " + status + describe(report), report, wait);
	}

	/** The failure for an error report in a stream, or instead of one. */
	static Failure ofReport(ErrorReport report) {
		int status = Objects.requireNonNullElse(report.status(), 500);
		return classified(kind(report, status), "error in the stream" + describe(report), report, report.retryAfter());
	}

	/** The failure for an exception of the connection. */
	static Failure ofException(Throwable exception) {
		if (exception instanceof Failure failure) {
			return failure;
		}
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(exception);
		String detail = cause.getClass().getSimpleName() + ": " + cause.getMessage();
		if (cause instanceof DecoderException || cause instanceof IllegalArgumentException) {
			return Failure.of(Kind.INVALID_RESPONSE, "no HTTP: " + detail);
		}
		Failure failure = Failure.of(Kind.UNAVAILABLE, detail);
		return isReset(cause) ? failure.tryAgainIn(Duration.ZERO) : failure;
	}

	/** Upstream may have closed an idle connection just when it was reused. */
	private static boolean isReset(Throwable cause) {
		return cause instanceof PrematureCloseException
				|| (cause instanceof java.io.IOException && String.valueOf(cause.getMessage()).contains("reset"));
	}

	private static Failure classified(Kind kind, String detail, ErrorReport report, @Nullable Duration retryAfter) {
		Failure failure = Failure.of(kind, detail).retryAfter(retryAfter);
		if (kind == Kind.REFUSED || kind == Kind.CONTEXT_TOO_LONG) {
			return failure.refusing(Refusal.in(report));
		}
		boolean again = switch (kind) {
			case UNAVAILABLE, TIMEOUT, ERROR -> true;
			case RATE_LIMITED -> retryAfter != null;
			default -> report.retryHelps();
		};
		return again ? failure.tryAgainIn(Failure.SOON) : failure;
	}

	private static Kind kind(ErrorReport report, int status) {
		Kind kind = report.types()
			.stream()
			.map(BY_TYPE::get)
			.filter(Objects::nonNull)
			.findFirst()
			.or(() -> byText(report, status))
			.orElseGet(() -> ofStatus(report, status));
		if (kind == Kind.RATE_LIMITED && report.daily()) {
			return Kind.DAILY_LIMIT;
		}
		// the budget for concurrent answers is full, but credits remain
		return (kind == Kind.CREDITS && report.retryHelps()) ? Kind.RATE_LIMITED : kind;
	}

	private static Optional<Kind> byText(ErrorReport report, int status) {
		return OPEN_STATUS.contains(status) ? BY_TEXT.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().matcher(report.message()).find())
			.map(Map.Entry::getKey)
			.findFirst() : Optional.empty();
	}

	private static Pattern text(String words) {
		return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
	}

	private static Kind ofStatus(ErrorReport report, int status) {
		return switch (status) {
			case 401 -> Kind.UNAUTHORIZED;
			case 402 -> Kind.CREDITS;
			case 403 -> report.moderated() ? Kind.MODERATION : Kind.REFUSED;
			case 404, 410 -> Kind.MODEL_UNAVAILABLE;
			case 408, 504, 524 -> Kind.TIMEOUT;
			case 413 -> Kind.CONTEXT_TOO_LONG;
			case 429 -> Kind.RATE_LIMITED;
			case 500 -> Kind.ERROR;
			default -> byClass(status);
		};
	}

	private static Kind byClass(int status) {
		if (status >= 500) {
			return Kind.UNAVAILABLE;
		}
		return (status >= 400) ? Kind.REFUSED : Kind.INVALID_RESPONSE;
	}

	private static String describe(ErrorReport report) {
		StringBuilder text = new StringBuilder();
		if (report.status() != null) {
			text.append(", code ").append(report.status());
		}
		if (!report.types().isEmpty()) {
			text.append(", type ").append(String.join("/", report.types()));
		}
		if (report.provider() != null) {
			text.append(", provider ").append(report.provider());
		}
		return report.message().isEmpty() ? text.toString() : text.append(": ").append(report.message()).toString();
	}

}
