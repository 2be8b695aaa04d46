package dev.runnel.upstream.openrouter;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.Prompt.Message;
import dev.runnel.upstream.Prompt.Sampling;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.WellFormed;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * Writes a prompt as the body of a chat completion request. Only OpenRouter itself gets
 * the fields that it alone knows: some other servers refuse what they do not know.
 */
final class RequestWriter {

	private static final int LONGEST_SESSION = 256;

	private final OpenRouterSettings settings;

	RequestWriter(OpenRouterSettings settings) {
		this.settings = settings;
	}

	byte[] write(Prompt prompt) {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		try (JsonGenerator json = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), body)) {
			json.writeStartObject();
			json.writeStringProperty("model", (prompt.model() != null) ? prompt.model() : this.settings.model());
			json.writeBooleanProperty("stream", true);
			writeMessages(json, prompt);
			writeSampling(json, prompt.sampling());
			writeReasoning(json, prompt.sampling());
			if (this.settings.isOpenRouter()) {
				writeRouting(json, prompt);
			}
			else {
				writeUsageWish(json);
			}
			json.writeEndObject();
		}
		return body.toByteArray();
	}

	private static void writeMessages(JsonGenerator json, Prompt prompt) {
		json.writeArrayPropertyStart("messages");
		for (Message message : alternating(prompt.messages())) {
			json.writeStartObject();
			json.writeStringProperty("role", message.role().wireName());
			json.writeStringProperty("content", WellFormed.of(message.content()));
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	/**
	 * Two questions in a row become one message. Many chat templates, and some services,
	 * refuse a conversation whose roles do not alternate.
	 */
	private static Collection<Message> alternating(List<Message> messages) {
		Deque<Message> alternating = new ArrayDeque<>();
		for (Message message : messages) {
			Message before = alternating.peekLast();
			boolean joins = before != null && before.role() == Role.USER && message.role() == Role.USER;
			alternating.addLast(joins ? join(alternating.removeLast(), message) : message);
		}
		return alternating;
	}

	private static Message join(Message first, Message second) {
		return new Message(first.role(), first.content() + "\n\n" + second.content());
	}

	private void writeSampling(JsonGenerator json, Sampling sampling) {
		json.writeNumberProperty("max_tokens", maxTokens(sampling));
		if (sampling.temperature() != null) {
			json.writeNumberProperty("temperature", sampling.temperature());
		}
		if (sampling.topP() != null) {
			json.writeNumberProperty("top_p", sampling.topP());
		}
	}

	private int maxTokens(Sampling sampling) {
		int limit = Math.max(this.settings.maxTokens(), this.settings.maxTokensLimit());
		return (sampling.maxTokens() != null) ? Math.min(sampling.maxTokens(), limit) : this.settings.maxTokens();
	}

	private void writeReasoning(JsonGenerator json, Sampling sampling) {
		if (sampling.reasoningEffort() == null) {
			return;
		}
		String effort = sampling.reasoningEffort().wireName();
		if (this.settings.isOpenRouter()) {
			json.writeObjectPropertyStart("reasoning");
			json.writeStringProperty("effort", effort);
			json.writeEndObject();
		}
		else {
			json.writeStringProperty("reasoning_effort", effort);
		}
	}

	private void writeRouting(JsonGenerator json, Prompt prompt) {
		if (!this.settings.models().isEmpty()) {
			json.writeArrayPropertyStart("models");
			this.settings.models().forEach(json::writeString);
			json.writeEndArray();
		}
		if (prompt.user() != null) {
			json.writeStringProperty("user", prompt.user());
		}
		if (prompt.session() != null && prompt.session().length() <= LONGEST_SESSION) {
			json.writeStringProperty("session_id", prompt.session());
		}
	}

	/** OpenRouter always tells the usage; the others do where they are asked to. */
	private static void writeUsageWish(JsonGenerator json) {
		json.writeObjectPropertyStart("stream_options");
		json.writeBooleanProperty("include_usage", true);
		json.writeEndObject();
	}

}
