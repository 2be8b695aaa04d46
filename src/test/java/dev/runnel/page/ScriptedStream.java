package dev.runnel.page;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerState;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Message;
import dev.runnel.conversation.MessageId;
import dev.runnel.upstream.FinishReason;
import dev.runnel.upstream.Origin;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.Usage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One answer that a test dictates event by event; any number of readers get all of it.
 */
final class ScriptedStream {

	private static final JsonMapper JSON = JsonMapper.shared();

	final String streamId = UUID.randomUUID().toString();

	final String messageId;

	final String userMessageId;

	final String conversationId;

	final Map<String, Object> question;

	private final List<String> log = new ArrayList<>();

	private final List<FluxSink<String>> readers = new ArrayList<>();

	private final List<String> blocks = new ArrayList<>();

	private final ScriptedLibrary library;

	private Source source = Source.OPENROUTER;

	private String reasoning = "";

	private Answer answer = Answer.begun(Origin.model("small/model"));

	private boolean over;

	/**
	 * Follows the rules of the wire contract on where a question goes. As on the server,
	 * it is kept together with an answer that says nothing yet, before the first event.
	 */
	ScriptedStream(Map<String, Object> question, ScriptedLibrary library) {
		this.question = question;
		this.library = library;
		Message continued = library.find((String) question.get("continueId"));
		Message parent = library.find((String) question.get("parentId"));
		boolean isSame = parent != null && parent.content().equals(question.get("message"));
		this.conversationId = (String) question.getOrDefault("conversationId", UUID.randomUUID().toString());
		this.messageId = (continued != null) ? continued.id().toString() : UUID.randomUUID().toString();
		this.userMessageId = (continued != null && continued.parent() != null) ? continued.parent().toString()
				: isSame ? parent.id().toString() : UUID.randomUUID().toString();
		if (continued == null && !isSame) {
			ask(parent);
		}
		if (continued == null) {
			keep(AnswerState.STREAMING, Map.of());
		}
	}

	private void ask(@Nullable Message parent) {
		if (Boolean.TRUE.equals(this.question.get("temporary"))) {
			return;
		}
		MessageId follows = (parent == null) ? null : (parent.answer() == null) ? parent.parent() : parent.id();
		this.library.ask(conversation(), new Message(id(this.userMessageId), follows, Role.USER,
				(String) this.question.get("message"), Instant.now(), null));
	}

	void start() {
		start(Map.of());
	}

	void start(Map<String, Object> more) {
		keep(AnswerState.STREAMING, Map.of());
		Map<String, Object> data = new HashMap<>(more);
		data.putAll(Map.of("streamId", this.streamId, "conversationId", this.conversationId, "userMessageId",
				this.userMessageId, "messageId", this.messageId, "model", "small/model", "source", "openrouter"));
		emit("start", data);
	}

	void reason(String reasoning) {
		this.reasoning += reasoning;
		keep(AnswerState.STREAMING, Map.of());
		emit("reasoning", Map.of("reasoning", reasoning));
	}

	void fallBack(String message) {
		this.source = Source.MOCK;
		emit("fallback", Map.of("source", "mock", "code", "upstream_unavailable", "message", message));
	}

	/** Makes a block read like this, with the patch that a server would send for it. */
	void write(int block, String html) {
		while (this.blocks.size() <= block) {
			this.blocks.add("");
		}
		int keep = commonStart(this.blocks.get(block), html);
		this.blocks.set(block, html);
		keep(AnswerState.STREAMING, Map.of());
		emit("message", Map.of("content", "word ", "patches",
				List.of(Map.of("block", block, "keep", keep, "html", html.substring(keep)))));
	}

	/** Writes paragraphs one after the other, each in one event. */
	void writeParagraphs(int from, int to) {
		for (int block = from; block < to; block++) {
			write(block, "<p>Paragraph " + block + " of a long answer, long enough for a line of its own.</p>\n");
		}
	}

	void complete() {
		complete("completed", Map.of("finishReason", "stop"));
	}

	void complete(String status, Map<String, Object> more) {
		keep(status.equals("stopped") ? AnswerState.STOPPED : AnswerState.COMPLETE, more);
		Map<String, Object> data = new HashMap<>(more);
		data.putAll(Map.of("status", status, "source", this.source.wireName(), "model", "small/model", "messageId",
				this.messageId));
		emit("complete", data);
		finish();
	}

	void fail(String code, String message) {
		keep(this.blocks.isEmpty() ? AnswerState.FAILED : AnswerState.INTERRUPTED, Map.of());
		emit("error", Map.of("status", "error", "code", code, "message", message, "retryable", true));
		finish();
	}

	/** Breaks the connection of everybody who reads, as a lost network does. */
	synchronized void cut() {
		List.copyOf(this.readers).forEach((reader) -> reader.error(new IOException("cut by the test")));
		this.readers.clear();
	}

	synchronized void close() {
		List.copyOf(this.readers).forEach(FluxSink::complete);
	}

	synchronized int readers() {
		return this.readers.size();
	}

	synchronized int lastEventId() {
		return this.log.size();
	}

	/** Stores the answer as the server does, as Markdown. */
	private void keep(AnswerState state, Map<String, Object> more) {
		if (this.over || Boolean.TRUE.equals(this.question.get("temporary"))) {
			return;
		}
		JsonNode facts = JSON.valueToTree(more);
		this.answer = new Answer(state,
				this.blocks.stream().map(ScriptedStream::markdown).collect(Collectors.joining()), this.reasoning,
				this.source, "small/model", null, finishReason(facts),
				facts.has("usage") ? JSON.treeToValue(facts.get("usage"), Usage.class) : null, null,
				facts.at("/timing/totalMs").isNumber() ? Duration.ofMillis(facts.at("/timing/totalMs").asLong())
						: null);
		this.library.put(conversation(), new Message(id(this.messageId), id(this.userMessageId), Role.ASSISTANT,
				this.answer.content(), Instant.now(), this.answer));
	}

	private static @Nullable FinishReason finishReason(JsonNode facts) {
		return Arrays.stream(FinishReason.values())
			.filter((reason) -> reason.wireName().equals(facts.path("finishReason").asString("")))
			.findFirst()
			.orElse(null);
	}

	/** What the few forms of HTML that tests write come from. */
	private static String markdown(String html) {
		return html.replaceAll("<pre><code class=\"language-(\\w+)\">([^<]*)</code></pre>", "```$1\n$2```\n")
			.replaceAll("</?strong>", "**")
			.replaceAll("</?code>", "`")
			.replaceAll("<h2>", "## ")
			.replaceAll("<li>", "- ")
			.replaceAll("<a href=\"([^\"]*)\">([^<]*)</a>", "[$2]($1)")
			.replaceAll("</?\\w+[^>]*>", "")
			.replace("&lt;", "<")
			.replace("&gt;", ">")
			.replace("&quot;", "\"")
			.replace("&amp;", "&") + "\n";
	}

	private ConversationId conversation() {
		return new ConversationId(UUID.fromString(this.conversationId));
	}

	private static MessageId id(String id) {
		return new MessageId(UUID.fromString(id));
	}

	/** The answer's HTML so far. */
	String html() {
		return String.join("", this.blocks);
	}

	Flux<String> read(int after) {
		return Flux.create((reader) -> attach(reader, after));
	}

	synchronized Map<String, Object> summary() {
		return Map.of("streamId", this.streamId, "conversationId", this.conversationId, "messageId", this.messageId,
				"state", this.over ? "completed" : "running", "lastEventId", this.log.size(), "startedAt",
				Instant.EPOCH.toString());
	}

	private synchronized void attach(FluxSink<String> reader, int after) {
		this.log.stream().skip(after).forEach(reader::next);
		if (this.over) {
			reader.complete();
			return;
		}
		this.readers.add(reader);
		reader.onDispose(() -> detach(reader));
	}

	private synchronized void detach(FluxSink<String> reader) {
		this.readers.remove(reader);
	}

	private synchronized void emit(String event, Map<String, Object> data) {
		if (this.over) {
			return;
		}
		String text = "id: %d\nevent: %s\ndata: %s\n\n".formatted(this.log.size() + 1, event,
				JSON.writeValueAsString(data));
		this.log.add(text);
		List.copyOf(this.readers).forEach((reader) -> reader.next(text));
	}

	private synchronized void finish() {
		this.over = true;
		close();
	}

	/** How far two renderings agree, without ending inside a tag or an entity. */
	private static int commonStart(String before, String after) {
		int end = 0;
		while (end < Math.min(before.length(), after.length()) && before.charAt(end) == after.charAt(end)) {
			end++;
		}
		String shared = before.substring(0, end);
		if (shared.lastIndexOf('<') > shared.lastIndexOf('>')) {
			return shared.lastIndexOf('<');
		}
		return (shared.lastIndexOf('&') > shared.lastIndexOf(';')) ? shared.lastIndexOf('&') : end;
	}

}
