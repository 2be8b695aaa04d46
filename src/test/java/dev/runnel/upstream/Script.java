package dev.runnel.upstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import tools.jackson.databind.json.JsonMapper;

/**
 * The bytes that a {@link ScriptedUpstream} sends for one request, and their timing. A
 * script is built from steps and may be played more than once.
 */
public final class Script {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String CHUNK = """
			{"id":"gen-1","provider":"Acme","model":"acme/chat-1","object":"chat.completion.chunk","created":1,\
			"choices":[{"index":0,"delta":{"role":"assistant",%s},"finish_reason":%s,"native_finish_reason":null}]}""";

	private static final String USAGE = """
			{"id":"gen-1","provider":"Acme","model":"acme/chat-1","object":"chat.completion.chunk","created":1,\
			"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":2,"total_tokens":14,"cost":0.00002,\
			"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":1}}}""";

	private final List<Step> steps = new ArrayList<>();

	private final List<byte[]> written = new ArrayList<>();

	private boolean chunked;

	/**
	 * One action of an upstream.
	 */
	@FunctionalInterface
	public interface Step {

		/**
		 * Plays the step.
		 * @param connection the connection to the client
		 * @throws IOException if the client has disconnected
		 * @throws InterruptedException if the upstream is closed
		 */
		void play(ScriptedUpstream.Connection connection) throws IOException, InterruptedException;

	}

	/** A script without any step: no head, no bytes. */
	public static Script empty() {
		return new Script();
	}

	/** An event stream in HTTP chunks, one chunk for each write. */
	public static Script stream() {
		Script script = new Script().raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
				+ "X-Generation-Id: gen-1\r\nTransfer-Encoding: chunked\r\n\r\n");
		script.chunked = true;
		return script;
	}

	/** An event stream that ends only with the connection. */
	public static Script unframedStream() {
		return new Script().raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
	}

	/** A response of known length. */
	public static Script answer(int status, String contentType, String body, String... headers) {
		return answer(status, contentType, body.getBytes(StandardCharsets.UTF_8), headers);
	}

	/** A response of known length. */
	public static Script answer(int status, String contentType, byte[] body, String... headers) {
		StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
		if (!contentType.isEmpty()) {
			head.append("Content-Type: ").append(contentType).append("\r\n");
		}
		for (String header : headers) {
			head.append(header).append("\r\n");
		}
		head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
		return new Script().raw(head.toString()).raw(body);
	}

	/** An error response in OpenRouter's format. */
	public static Script error(int status, String errorType, String... headers) {
		return answer(status, "application/json",
				"{\"error\":{\"code\":%d,\"message\":\"Provider returned error\",\"metadata\":{\"error_type\":\"%s\"}},\"user_id\":\"user_2abcDEF\"}"
					.formatted(status, errorType),
				headers);
	}

	/** A short, complete answer: {@code Hello}, its usage, {@code [DONE]}. */
	public static Script hello() {
		return stream().text("Hel").text("lo").finish("stop").usage().done().end();
	}

	/** Text as a JSON string. */
	public static String quote(String text) {
		return JSON.writeValueAsString(text);
	}

	/** The JSON of a chunk with a delta of text. */
	public static String textChunk(String text) {
		return CHUNK.formatted("\"content\":" + quote(text), "null");
	}

	public Script text(String text) {
		return data(textChunk(text));
	}

	public Script reasoning(String text) {
		return data(CHUNK.formatted(
				"\"content\":\"\",\"reasoning\":" + quote(text)
						+ ",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":" + quote(text) + "}]",
				"null"));
	}

	/** A picture in the format PNG. */
	public Script picture(byte[] png) {
		return data(CHUNK.formatted("\"content\":\"\",\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":"
				+ quote("data:image/png;base64," + Base64.getEncoder().encodeToString(png)) + "}}]", "null"));
	}

	public Script finish(String reason) {
		return data(CHUNK.formatted("\"content\":\"\"", quote(reason)));
	}

	public Script usage() {
		return data(USAGE);
	}

	public Script done() {
		return data("[DONE]");
	}

	public Script comment() {
		return body(": OPENROUTER PROCESSING\n\n");
	}

	/** An event. */
	public Script data(String data) {
		return body("data: " + data + "\n\n");
	}

	/** A part of the body, framed as the head announced. */
	public Script body(String text) {
		return body(text.getBytes(StandardCharsets.UTF_8));
	}

	/** A part of the body, framed as the head announced. */
	public Script body(byte[] bytes) {
		return raw(this.chunked ? frame(bytes) : bytes);
	}

	/** The body in parts of this many bytes, one write for each part. */
	public Script cut(byte[] bytes, int size) {
		for (int at = 0; at < bytes.length; at += size) {
			byte[] part = java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size));
			body(part);
		}
		return this;
	}

	/** The proper end of a chunked body. */
	public Script end() {
		return raw("0\r\n\r\n");
	}

	/** Writes the output of these steps in one write. */
	public Script burst(Consumer<Script> steps) {
		Script parts = new Script();
		parts.chunked = this.chunked;
		steps.accept(parts);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		parts.written.forEach(bytes::writeBytes);
		return raw(bytes.toByteArray());
	}

	public Script raw(String text) {
		return raw(text.getBytes(StandardCharsets.UTF_8));
	}

	public Script raw(byte[] bytes) {
		this.written.add(bytes);
		return step((connection) -> connection.write(bytes));
	}

	/** Waits for this time. */
	public Script pause(Duration time) {
		return step((connection) -> Thread.sleep(time.toMillis()));
	}

	/** Waits until the gate is opened. */
	public Script awaitGate(CountDownLatch gate) {
		return step((connection) -> gate.await(30, TimeUnit.SECONDS));
	}

	/** Sends nothing more, and waits until the client disconnects. */
	public Script stall() {
		return step(ScriptedUpstream.Connection::awaitClientClosed);
	}

	/** Like {@link #stall}, and signals to a test that this point was reached. */
	public Script silence() {
		return step(ScriptedUpstream.Connection::noteSilence).stall();
	}

	/** Repeats a part of the body with these gaps until the client disconnects. */
	public Script repeat(String text, Duration gap) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		byte[] written = this.chunked ? frame(bytes) : bytes;
		return step((connection) -> {
			while (true) {
				connection.write(written);
				Thread.sleep(gap.toMillis());
			}
		});
	}

	/** Closes the connection normally. */
	public Script close() {
		return step(ScriptedUpstream.Connection::close);
	}

	/** Closes the connection with a reset (RST). */
	public Script reset() {
		return step(ScriptedUpstream.Connection::reset);
	}

	public Script step(Step step) {
		this.steps.add(step);
		return this;
	}

	void play(ScriptedUpstream.Connection connection) throws IOException, InterruptedException {
		for (Step step : this.steps) {
			step.play(connection);
		}
	}

	private static byte[] frame(byte[] bytes) {
		ByteArrayOutputStream framed = new ByteArrayOutputStream();
		framed.writeBytes(String.format(Locale.ROOT, "%x\r\n", bytes.length).getBytes(StandardCharsets.US_ASCII));
		framed.writeBytes(bytes);
		framed.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
		return framed.toByteArray();
	}

}
