package dev.runnel.chat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Turn;
import dev.runnel.markdown.BlockPatch;
import dev.runnel.stream.StreamId;
import dev.runnel.stream.StreamState;
import dev.runnel.stream.StreamStatus;
import dev.runnel.stream.StreamSubject;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.web.ErrorCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads questions, and writes events and streams, exactly as the application does, for
 * tests that act as the server.
 */
public final class ChatWire {

	private static final JsonMapper STRICT = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private ChatWire() {
	}

	/**
	 * Reads a question. Fails if it has a field that the application does not know, or a
	 * value that the application refuses.
	 */
	public static Map<String, Object> question(String json) {
		STRICT.readValue(json, ChatRequest.class).check();
		return STRICT.readValue(json, new TypeReference<>() {
		});
	}

	/** The first event. */
	public static String start(long id, StreamId stream, Turn turn) {
		return frame(id, ChatEvent.Started.of(stream, turn, new QuestionHtml(turn, true).render()));
	}

	/** A delta of the reasoning, with the patches of its HTML. */
	public static String reasoning(long id, String delta, List<BlockPatch> patches, @Nullable Duration thinking) {
		return frame(id, new ChatEvent.Reasoning(delta, patches, thinking));
	}

	/** A delta of the answer. */
	public static String message(long id, String content, List<BlockPatch> patches) {
		return frame(id, new ChatEvent.Message(content, patches));
	}

	/** The event that corrects the kind of what was sent before. */
	public static String moved(long id, ModelEvent.Moved kind, int chars) {
		return frame(id, new ChatEvent.Moved(kind, chars));
	}

	/** The event that the mock takes over. */
	public static String fallback(long id, UpstreamFailure.Kind kind) {
		return frame(id, new ChatEvent.Fallback(new UpstreamFailure(kind)));
	}

	/** The last event of an answer that is complete or was stopped. */
	public static String complete(long id, MessageId message, boolean stopped, Answer answer) {
		Duration total = (answer.total() != null) ? answer.total() : Duration.ZERO;
		return frame(id,
				new ChatEvent.Completed(message,
						new Answer(stopped ? AnswerState.STOPPED : AnswerState.COMPLETE, "", "", answer.source(),
								answer.model(), answer.provider(), answer.finishReason(), answer.usage(),
								answer.firstToken(), answer.thinking(), total)
							.withCitations(answer.citations())));
	}

	/** The last event of an answer that failed. */
	public static String error(long id, String code, String message) {
		return frame(id, new ChatEvent.Failed(new ChatFailure(named(code), message, true, named(code).status(), null)));
	}

	/**
	 * The last event of an answer that failed, with the time after which a retry may
	 * help.
	 */
	public static String error(long id, String code, String message, Duration retryAfter) {
		return frame(id,
				new ChatEvent.Failed(new ChatFailure(named(code), message, true, named(code).status(), retryAfter)));
	}

	private static ErrorCode named(String code) {
		return Stream.of(ErrorCode.values()).filter((one) -> one.code().equals(code)).findFirst().orElseThrow();
	}

	/** An entry in the list of streams. */
	public static Object stream(StreamSubject subject, StreamState state, long lastEventId) {
		return StreamController.StreamView.of(new StreamStatus(subject, state, lastEventId, Instant.EPOCH));
	}

	static String frame(long id, ChatEvent event) {
		return "id: %d\nevent: %s\ndata: %s\n\n".formatted(id, event.name(),
				new String(event.json(), StandardCharsets.UTF_8));
	}

}
