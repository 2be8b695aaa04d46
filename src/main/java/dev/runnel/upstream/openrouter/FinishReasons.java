package dev.runnel.upstream.openrouter;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.runnel.upstream.FinishReason;

/**
 * The words of services for why a model stopped. Case does not matter: Gemini sends
 * capitals.
 */
final class FinishReasons {

	private static final Map<String, FinishReason> MEANINGS = Stream
		.of(meaning(FinishReason.STOP, "stop", "end_turn", "eos", "eos_token", "stop_sequence", "complete",
				"completed"),
				meaning(FinishReason.LENGTH, "length", "model_length", "max_tokens", "max_length", "max_output_tokens",
						"model_context_window_exceeded", "context_length_exceeded", "incomplete"),
				meaning(FinishReason.TOOL_CALLS, "tool_calls", "tool_call", "function_call", "tool_use"),
				meaning(FinishReason.CONTENT_FILTER, "content_filter", "content_filtered", "safety", "refusal",
						"recitation", "blocklist", "prohibited_content", "spii", "sensitive", "guardrail_intervened"))
		.flatMap((words) -> words.entrySet().stream())
		.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

	/** Reasons that report a failure of the server; the second one is DeepSeek's. */
	private static final Set<String> FAILURES = Set.of("error", "insufficient_system_resource", "abort");

	/** The suffix of error types, which gateways pass on as a finish reason. */
	private static final String ERROR = "_error";

	private FinishReasons() {
	}

	private static Map<String, FinishReason> meaning(FinishReason reason, String... words) {
		return Stream.of(words).collect(Collectors.toMap((word) -> word, (word) -> reason));
	}

	/**
	 * The meaning of a reason.
	 * @param word the reason as the service sent it
	 * @return {@link FinishReason#OTHER} if it is unknown
	 */
	static FinishReason of(String word) {
		return MEANINGS.getOrDefault(word.toLowerCase(Locale.ROOT), FinishReason.OTHER);
	}

	/**
	 * Whether a reason reports a failure of the server.
	 * @param word the reason as the service sent it
	 * @return true if the answer failed
	 */
	static boolean isFailure(String word) {
		String reason = word.toLowerCase(Locale.ROOT);
		return FAILURES.contains(reason) || reason.endsWith(ERROR);
	}

}
