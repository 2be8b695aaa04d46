package dev.runnel.chat;

import java.time.Duration;

import dev.runnel.conversation.MessageId;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Origin;
import dev.runnel.upstream.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The facts about an answer at its end.
 *
 * @param message the answer
 * @param origin the writer of the answer
 * @param finishReason why the model stopped; null if a visitor stopped it
 * @param usage the tokens and the cost; null if upstream did not report them
 * @param firstToken the time from the question to the first output; null if there was no
 * output
 * @param thinking how long the model reasoned; null if it did not
 * @param total the time from the question to the end
 */
record AnswerFacts(MessageId message, Origin origin, @Nullable FinishReason finishReason, @Nullable Usage usage,
		@Nullable Duration firstToken, @Nullable Duration thinking, Duration total) {

	void writeFields(JsonGenerator json) {
		json.writeName("finishReason");
		json.writeString((this.finishReason != null) ? this.finishReason.wireName() : null);
		json.writeStringProperty("source", this.origin.source().wireName());
		json.writeStringProperty("model", this.origin.model());
		json.writeName("provider");
		json.writeString(this.origin.provider());
		writeUsage(json);
		json.writeObjectPropertyStart("timing");
		writeNumber(json, "firstTokenMs", (this.firstToken != null) ? this.firstToken.toMillis() : null);
		if (this.thinking != null) {
			json.writeNumberProperty("thinkingMs", this.thinking.toMillis());
		}
		json.writeNumberProperty("totalMs", this.total.toMillis());
		json.writeEndObject();
		json.writeStringProperty("messageId", this.message.toString());
	}

	private void writeUsage(JsonGenerator json) {
		if (this.usage == null) {
			json.writeNullProperty("usage");
			return;
		}
		json.writeObjectPropertyStart("usage");
		writeNumber(json, "promptTokens", this.usage.promptTokens());
		writeNumber(json, "completionTokens", this.usage.completionTokens());
		writeNumber(json, "reasoningTokens", this.usage.reasoningTokens());
		writeNumber(json, "cachedTokens", this.usage.cachedTokens());
		json.writeName("cost");
		json.writeNumber(this.usage.cost());
		json.writeEndObject();
	}

	private static void writeNumber(JsonGenerator json, String name, @Nullable Long value) {
		if (value == null) {
			json.writeNullProperty(name);
		}
		else {
			json.writeNumberProperty(name, value);
		}
	}

}
