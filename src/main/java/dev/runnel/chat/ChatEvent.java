package dev.runnel.chat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Turn;
import dev.runnel.conversation.UpstreamCodes;
import dev.runnel.markdown.BlockPatch;
import dev.runnel.stream.StreamEvent;
import dev.runnel.stream.StreamId;
import dev.runnel.upstream.Attachment;
import dev.runnel.upstream.Citation;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.Origin;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.upstream.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * An event of a turn, as the wire contract names it. Only {@link Message} has a field
 * {@code content}, because simple clients append every such field.
 */
sealed interface ChatEvent extends StreamEvent {

	/**
	 * Writes the fields of the event's data.
	 * @param json the generator to write to
	 */
	void writeFields(JsonGenerator json);

	@Override
	default byte[] json() {
		return EventJson.encode(this);
	}

	@Override
	default boolean terminal() {
		return false;
	}

	/**
	 * The turn has begun, and no model has said anything yet. This event lives as long as
	 * the log, so it holds no reference to the text of the turn, and the HTML of the
	 * question only if it is {@linkplain QuestionHtml#MAX_CHARS short}.
	 */
	record Started(StreamId stream, ConversationId conversation, MessageId question, MessageId answer, Origin origin,
			boolean continued, int omitted, @Nullable String questionHtml) implements ChatEvent {

		static Started of(StreamId stream, Turn turn, @Nullable String questionHtml) {
			return new Started(stream, turn.conversation(), turn.questionId(), turn.answerId(), turn.origin(),
					turn.writtenSoFar() != null, turn.omitted(), questionHtml);
		}

		/**
		 * The heap that the HTML takes.
		 * @return bytes, at most
		 */
		long heapBytes() {
			return (this.questionHtml != null) ? (long) this.questionHtml.length() * Character.BYTES : 0;
		}

		@Override
		public String name() {
			return "start";
		}

		@Override
		public void writeFields(JsonGenerator json) {
			json.writeStringProperty("streamId", this.stream.toString());
			json.writeStringProperty("conversationId", this.conversation.toString());
			json.writeStringProperty("userMessageId", this.question.toString());
			json.writeStringProperty("messageId", this.answer.toString());
			json.writeStringProperty("model", this.origin.model());
			json.writeStringProperty("source", this.origin.source().wireName());
			if (this.continued) {
				json.writeBooleanProperty("continued", true);
			}
			if (this.omitted > 0) {
				json.writeNumberProperty("omittedMessages", this.omitted);
			}
			if (this.questionHtml != null) {
				json.writeStringProperty("questionHtml", this.questionHtml);
			}
		}

	}

	/**
	 * A delta of the model's reasoning. The patches have a name of their own on the wire,
	 * because simple clients apply every field {@code patches} to the answer.
	 *
	 * @param text the delta; empty if readers have the text and lack its HTML
	 * @param patches the changes of the reasoning's HTML; null if the client wants no
	 * HTML
	 * @param thinking how long the model has reasoned; null if unknown
	 * @param late whether readers get it later, so that their own clocks do not know the
	 * time
	 */
	record Reasoning(String text, @Nullable List<BlockPatch> patches, @Nullable Duration thinking,
			boolean late) implements ChatEvent {

		/**
		 * Shorter times are omitted: the reader's own clock is good enough, and fast
		 * deltas stay small.
		 */
		private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

		/** Creates a delta that is sent at once. */
		Reasoning(String text, @Nullable List<BlockPatch> patches, @Nullable Duration thinking) {
			this(text, patches, thinking, false);
		}

		@Override
		public String name() {
			return "reasoning";
		}

		@Override
		public void writeFields(JsonGenerator json) {
			json.writeStringProperty("reasoning", this.text);
			EventJson.writePatches(json, "reasoningPatches", this.patches);
			if (this.thinking != null && isWorthTelling(this.thinking)) {
				json.writeNumberProperty("thinkingMs", this.thinking.toMillis());
			}
		}

		private boolean isWorthTelling(Duration time) {
			return this.late || time.compareTo(WORTH_TELLING) >= 0;
		}

	}

	/**
	 * A delta of the answer and the patches of its HTML. The patches are null if the
	 * client wants no HTML.
	 */
	record Message(String content, @Nullable List<BlockPatch> patches) implements ChatEvent {

		@Override
		public String name() {
			return "message";
		}

		@Override
		public void writeFields(JsonGenerator json) {
			json.writeStringProperty("content", this.content);
			EventJson.writePatches(json, "patches", this.patches);
		}

	}

	/**
	 * A picture of the answer. Its content is read like that of every file.
	 *
	 * @param picture the stored picture
	 */
	record Picture(Attachment picture) implements ChatEvent {

		@Override
		public String name() {
			return "picture";
		}

		@Override
		public void writeFields(JsonGenerator json) {
			json.writeObjectPropertyStart("attachment");
			json.writeStringProperty("id", this.picture.id().toString());
			json.writeStringProperty("name", this.picture.name());
			json.writeStringProperty("type", this.picture.type());
			json.writeNumberProperty("size", this.picture.size());
			json.writeNumberProperty("width", Objects.requireNonNullElse(this.picture.width(), 0));
			json.writeNumberProperty("height", Objects.requireNonNullElse(this.picture.height(), 0));
			json.writeBooleanProperty("hasText", this.picture.hasText());
			json.writeNumberProperty("tokens", this.picture.tokens());
			json.writeEndObject();
		}

	}

	/**
	 * Corrects the kind of earlier text: text was reasoning, or reasoning was text.
	 *
	 * @param kind the direction of the correction
	 * @param chars the length of the withdrawn reasoning, in UTF-16 units; its words
	 * follow as messages. Unused if text was reasoning
	 */
	record Moved(ModelEvent.Moved kind, int chars) implements ChatEvent {

		@Override
		public String name() {
			return "moved";
		}

		@Override
		public void writeFields(JsonGenerator json) {
			if (this.kind == ModelEvent.Moved.TO_REASONING) {
				json.writeStringProperty("to", "reasoning");
				return;
			}
			json.writeStringProperty("to", "message");
			json.writeNumberProperty("chars", this.chars);
		}

	}

	/**
	 * The model was not available. The mock answers instead.
	 */
	record Fallback(UpstreamFailure cause) implements ChatEvent {

		@Override
		public String name() {
			return "fallback";
		}

		@Override
		public void writeFields(JsonGenerator json) {
			json.writeStringProperty("source", Source.MOCK.wireName());
			json.writeStringProperty("code", UpstreamCodes.of(this.cause.kind()).code());
			json.writeStringProperty("message", this.cause.message() + " A mock answers instead.");
		}

	}

	/**
	 * The answer is complete, or the visitor stopped it.
	 *
	 * @param id the id of the answer
	 * @param answer the answer; its text is not sent again
	 */
	record Completed(MessageId id, Answer answer) implements ChatEvent {

		@Override
		public String name() {
			return "complete";
		}

		@Override
		public boolean terminal() {
			return true;
		}

		@Override
		public void writeFields(JsonGenerator json) {
			json.writeStringProperty("status", (this.answer.state() == AnswerState.STOPPED) ? "stopped" : "completed");
			FinishReason reason = this.answer.finishReason();
			writeText(json, "finishReason", (reason != null) ? reason.wireName() : null);
			json.writeStringProperty("source", this.answer.source().wireName());
			writeText(json, "model", this.answer.model());
			writeText(json, "provider", this.answer.provider());
			writeUsage(json, this.answer.usage());
			writeTiming(json);
			json.writeStringProperty("messageId", this.id.toString());
			writeCitations(json, this.answer.citations());
		}

		private static void writeCitations(JsonGenerator json, List<Citation> citations) {
			if (citations.isEmpty()) {
				return;
			}
			json.writeArrayPropertyStart("citations");
			for (Citation citation : citations) {
				json.writeStartObject();
				json.writeStringProperty("url", citation.url());
				writeText(json, "title", citation.title());
				json.writeEndObject();
			}
			json.writeEndArray();
		}

		private static void writeUsage(JsonGenerator json, @Nullable Usage usage) {
			if (usage == null) {
				json.writeNullProperty("usage");
				return;
			}
			json.writeObjectPropertyStart("usage");
			writeNumber(json, "promptTokens", usage.promptTokens());
			writeNumber(json, "completionTokens", usage.completionTokens());
			writeNumber(json, "reasoningTokens", usage.reasoningTokens());
			writeNumber(json, "cachedTokens", usage.cachedTokens());
			json.writeName("cost");
			json.writeNumber(usage.cost());
			json.writeEndObject();
		}

		private void writeTiming(JsonGenerator json) {
			json.writeObjectPropertyStart("timing");
			writeNumber(json, "firstTokenMs", this.answer.firstTokenMillis());
			Long thinking = this.answer.thinkingMillis();
			if (thinking != null) {
				json.writeNumberProperty("thinkingMs", thinking);
			}
			writeNumber(json, "totalMs", this.answer.totalMillis());
			json.writeEndObject();
		}

		private static void writeText(JsonGenerator json, String name, @Nullable String text) {
			json.writeName(name);
			json.writeString(text);
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

	/**
	 * The answer failed. The text before the failure stays.
	 */
	record Failed(ChatFailure failure) implements ChatEvent {

		/** Rounds up to whole seconds. */
		private static final long MILLIS_BELOW_SECOND = 999;

		@Override
		public String name() {
			return "error";
		}

		@Override
		public boolean terminal() {
			return true;
		}

		@Override
		public void writeFields(JsonGenerator json) {
			json.writeStringProperty("status", "error");
			json.writeStringProperty("code", this.failure.code().code());
			json.writeStringProperty("message", this.failure.message());
			json.writeBooleanProperty("retryable", this.failure.retryable());
			Duration wait = this.failure.retryAfter();
			if (wait != null && this.failure.retryable()) {
				json.writeNumberProperty("retryAfter", wait.plusMillis(MILLIS_BELOW_SECOND).toSeconds());
			}
		}

	}

}
