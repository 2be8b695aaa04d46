package dev.runnel.upstream.openrouter;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * Decides whether a listed model answers questions. Services list models for embeddings,
 * images, speech and ranking too, which refuse a chat. The first rule that applies
 * decides: what the service states comes before what the name suggests.
 */
final class ChatModels {

	/** What a service states, most specific first; the last rule is a guess. */
	private static final List<Rule> RULES = List.of(
			// Mistral
			new Rule("/capabilities/completion_chat", "true", "false"),
			// OpenRouter
			new Rule("/architecture/output_modalities", "text", ".+"),
			// GitHub Models
			new Rule("/supported_output_modalities", "text", ".+"),
			// LiteLLM
			new Rule("/model_info/mode", "chat|responses", ".+"),
			// Together, LM Studio
			new Rule("/type", "chat|llm|vlm|language|code",
					"embeddings?|image|video|audio|speech|transcribe|transcription|tts|stt|rerank(er)?|moderation"),
			// Azure's catalogue
			new Rule("/task", "chat-completion|text-generation", "embeddings?|text-to-.+|.+-to-text"),
			// Hugging Face
			new Rule("/pipeline_tag", "text-generation|image-text-to-text|conversational", ".+"),
			// Ollama, llama.cpp, OpenAI and others state only the id
			new Rule("/id", "", names("embed", "rerank", "moderation",
					// embeddings
					"(?<!\\p{Alpha})(bge|gte|e5|minilm|gecko)(?!\\p{Alpha})",
					// speech to text, and text to speech
					"whisper|transcribe", "(?<!\\p{Alpha})(tts|stt|asr|parakeet|kokoro|lyria)(?!\\p{Alpha})",
					// images and films
					"dall-e|gpt-image|stable-diffusion|sdxl|imagen(?!\\p{Alpha})",
					"(?<!\\p{Alpha})(flux|sora|veo|clip)(?!\\p{Alpha})",
					// completions from before chats
					"(?<!\\p{Alpha})(babbage|davinci)-00\\d")));

	private ChatModels() {
	}

	private static String names(String... parts) {
		return ".*(" + String.join("|", parts) + ").*";
	}

	/**
	 * Whether a model may be offered for a chat.
	 * @param model the model as the service lists it
	 * @return false if it serves another purpose
	 */
	static boolean isChat(JsonNode model) {
		return RULES.stream().map((rule) -> rule.verdict(model)).flatMap(Optional::stream).findFirst().orElse(true);
	}

	/**
	 * A rule about one field, whose value is a text, a truth value, or a list of texts.
	 *
	 * @param place where the field is
	 * @param chat matches the value of a model for chats
	 * @param other matches the value of a model for another purpose
	 */
	private record Rule(JsonPointer place, Pattern chat, Pattern other) {

		Rule(String place, String chat, String other) {
			this(JsonPointer.compile(place), Pattern.compile(chat, Pattern.CASE_INSENSITIVE),
					Pattern.compile(other, Pattern.CASE_INSENSITIVE));
		}

		/** The decision; empty if the rule does not apply. */
		Optional<Boolean> verdict(JsonNode model) {
			JsonNode field = model.at(this.place);
			List<String> values = (field.isArray() ? field.values().stream() : Stream.of(field))
				.filter(JsonNode::isValueNode)
				.map((value) -> value.asString(""))
				.toList();
			if (values.stream().anyMatch(this.chat.asMatchPredicate())) {
				return Optional.of(true);
			}
			return values.stream().anyMatch(this.other.asMatchPredicate()) ? Optional.of(false) : Optional.empty();
		}

	}

}
