package dev.runnel.page;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import tools.jackson.databind.json.JsonMapper;

/**
 * One answer that a test dictates event by event; any number of readers get all of it.
 */
final class ScriptedStream {

	private static final JsonMapper JSON = JsonMapper.shared();

	final String streamId = UUID.randomUUID().toString();

	final String messageId = UUID.randomUUID().toString();

	final String userMessageId = UUID.randomUUID().toString();

	final String conversationId;

	final Map<String, Object> question;

	private final List<String> log = new ArrayList<>();

	private final List<FluxSink<String>> readers = new ArrayList<>();

	private final List<String> blocks = new ArrayList<>();

	private String source = "openrouter";

	private boolean over;

	ScriptedStream(Map<String, Object> question) {
		this.question = question;
		this.conversationId = (String) question.getOrDefault("conversationId", UUID.randomUUID().toString());
	}

	void start() {
		start(Map.of());
	}

	void start(Map<String, Object> more) {
		Map<String, Object> data = new HashMap<>(more);
		data.putAll(Map.of("streamId", this.streamId, "conversationId", this.conversationId, "userMessageId",
				this.userMessageId, "messageId", this.messageId, "model", "small/model", "source", "openrouter"));
		emit("start", data);
	}

	void reason(String reasoning) {
		emit("reasoning", Map.of("reasoning", reasoning));
	}

	void fallBack(String message) {
		this.source = "mock";
		emit("fallback", Map.of("source", "mock", "code", "upstream_unavailable", "message", message));
	}

	/** Makes a block read like this, with the patch that a server would send for it. */
	void write(int block, String html) {
		while (this.blocks.size() <= block) {
			this.blocks.add("");
		}
		int keep = commonStart(this.blocks.get(block), html);
		this.blocks.set(block, html);
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
		Map<String, Object> data = new HashMap<>(more);
		data.putAll(
				Map.of("status", status, "source", this.source, "model", "small/model", "messageId", this.messageId));
		emit("complete", data);
		finish();
	}

	void fail(String code, String message) {
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
