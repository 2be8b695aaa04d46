package dev.runnel.upstream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The faults of an upstream at each moment. Each is a script for a
 * {@link ScriptedUpstream}, with the outcome that a visitor must see.
 *
 * @param name the name of the fault
 * @param moment the moment of the fault
 * @param script the script of the upstream
 * @param expected the expected outcome
 */
public record UpstreamFault(String name, Moment moment, Script script, Outcome expected) {

	private static final Duration GAP = Duration.ofMillis(20);

	@Override
	public String toString() {
		return this.moment + ": " + this.name;
	}

	/** Every fault at every moment for which it makes sense. */
	public static List<UpstreamFault> all() {
		return Stream
			.of(beforeAnswer(), statuses(), noStreams(), inStream(Moment.BEFORE_TEXT), inStream(Moment.IN_TEXT))
			.flatMap(List::stream)
			.toList();
	}

	private static List<UpstreamFault> beforeAnswer() {
		return List.of(early("reset", Script.empty().reset(), Outcome.UNAVAILABLE),
				early("close", Script.empty().close(), Outcome.UNAVAILABLE),
				early("silence", Script.empty().stall(), Outcome.UNAVAILABLE),
				early("half a head", Script.empty().raw("HTTP/1.1 200 OK\r\nContent-").stall(), Outcome.UNAVAILABLE),
				early("half a head, close", Script.empty().raw("HTTP/1.1 200 OK\r\nCont").close(), Outcome.UNAVAILABLE),
				early("a head that never ends", Script.empty().raw("HTTP/1.1 200 OK\r\n").repeat("X: y\r\n", GAP),
						Outcome.UNAVAILABLE),
				early("a flood of headers",
						Script.empty().raw("HTTP/1.1 200 OK\r\n" + headers(10_000) + "\r\n").stall(),
						Outcome.UNAVAILABLE),
				early("no HTTP", Script.empty().raw("220 smtp ready\r\n\r\n").close(), Outcome.UNAVAILABLE),
				early("random bytes", Script.empty().raw(random(2000)).close(), Outcome.UNAVAILABLE));
	}

	private static List<UpstreamFault> statuses() {
		String html = "<html><h1>Bad &amp; gateway</h1></html>";
		Stream<UpstreamFault> refusals = IntStream.of(400, 403, 404, 405, 413, 422, 451)
			.mapToObj(
					(status) -> early("HTTP " + status + ", JSON", Script.error(status, "unmapped"), Outcome.REFUSED));
		Stream<UpstreamFault> outages = IntStream.of(401, 402, 408, 429, 500, 502, 503, 504, 524, 529, 599)
			.boxed()
			.flatMap((status) -> Stream.of(
					early("HTTP " + status + ", JSON", Script.error(status, "unmapped"), Outcome.UNAVAILABLE),
					early("HTTP " + status + ", HTML", Script.answer(status, "text/html", html), Outcome.UNAVAILABLE),
					early("HTTP " + status + ", empty", Script.answer(status, "", ""), Outcome.UNAVAILABLE)));
		Stream<UpstreamFault> others = Stream.of(
				early("HTTP 429, Retry-After 3600", Script.error(429, "rate_limit_exceeded", "Retry-After: 3600"),
						Outcome.UNAVAILABLE),
				early("HTTP 503, Retry-After a date",
						Script.error(503, "provider_overloaded", "Retry-After: Fri, 31 Dec 2100 23:59:59 GMT"),
						Outcome.UNAVAILABLE),
				early("HTTP 403, HTML", Script.answer(403, "text/html", html), Outcome.REFUSED),
				early("HTTP 400, context too long", Script.error(400, "context_length_exceeded"), Outcome.REFUSED),
				early("HTTP 403, moderation", Script.error(403, "content_policy_violation"), Outcome.REFUSED),
				early("HTTP 502 whose body stalls",
						Script.empty().raw("HTTP/1.1 502 X\r\nContent-Length: 100\r\n\r\n{").stall(),
						Outcome.UNAVAILABLE),
				early("HTTP 502 whose body never ends",
						Script.empty()
							.raw("HTTP/1.1 502 X\r\nContent-Type: text/html\r\n\r\n")
							.repeat("x".repeat(100_000), Duration.ZERO),
						Outcome.UNAVAILABLE),
				early("a redirect", Script.answer(307, "", "", "Location: http://127.0.0.1:1/"), Outcome.UNAVAILABLE));
		return Stream.of(refusals, outages, others).flatMap(UnaryOperator.identity()).toList();
	}

	private static List<UpstreamFault> noStreams() {
		return List.of(noStream("JSON error", Script.answer(200, "application/json", "{\"error\":{\"code\":502}}")),
				noStream("JSON answer",
						Script.answer(200, "application/json",
								"{\"choices\":[{\"message\":{\"content\":\"whole\"},\"finish_reason\":\"stop\"}]}")),
				noStream("HTML", Script.answer(200, "text/html", "<html>data: x\n\n</html>")),
				noStream("binary", Script.answer(200, "application/octet-stream", random(5000))),
				noStream("no content type", Script.answer(200, "", "data: x\n\n")),
				noStream("absurd content type", Script.answer(200, "text / event / stream", "data: x\n\n")),
				noStream("gzip",
						Script.answer(200, "text/event-stream", new byte[] { 31, -117, 8, 0 },
								"Content-Encoding: gzip")),
				noStream("empty", Script.answer(200, "text/event-stream", "")),
				noStream("HTTP 204", Script.empty().raw("HTTP/1.1 204 No Content\r\n\r\n")),
				noStream("a stream that is JSON",
						Script.answer(200, "text/event-stream", "{\"error\":{\"code\":502}}")),
				noStream("a stream that is binary", Script.answer(200, "text/event-stream", random(5000))));
	}

	private static List<UpstreamFault> inStream(Moment moment) {
		Outcome broken = (moment == Moment.IN_TEXT) ? Outcome.BROKEN_OFF : Outcome.UNAVAILABLE;
		Outcome refused = (moment == Moment.IN_TEXT) ? Outcome.BROKEN_OFF : Outcome.REFUSED;
		Outcome whole = (moment == Moment.IN_TEXT) ? Outcome.WHOLE : Outcome.UNAVAILABLE;
		Script unframed = Script.unframedStream();
		return List.of(fault("reset", moment, begun(moment).reset(), broken),
				fault("close within a chunked body", moment, begun(moment).close(), broken),
				fault("end without finish reason and [DONE]", moment, begun(moment).end(), broken),
				fault("end by close only", moment, begin(moment, unframed).close(), broken),
				fault("end in mid-event", moment, begun(moment).body("data: {\"choices\":[{\"delta\":").end(), broken),
				fault("silence", moment, begun(moment).stall(), broken),
				fault("comments only", moment, begun(moment).repeat(": OPENROUTER PROCESSING\n\n", GAP), broken),
				fault("a comment without end", moment, begun(moment).repeat(":" + "x".repeat(50_000), Duration.ZERO),
						broken),
				fault("a line without end", moment,
						begun(moment).body("data: \"").repeat("x".repeat(50_000), Duration.ZERO), broken),
				fault("error, code 502", moment, begun(moment).data(error("502")).end(), broken),
				fault("error, code 429", moment, begun(moment).data(error("429")).end(), broken),
				fault("error, code 400", moment, begun(moment).data(error("400")).end(), refused),
				fault("error, code is a text", moment, begun(moment).data(error("\"server_error\"")).end(), broken),
				fault("error, code null", moment, begun(moment).data(error("null")).end(), broken),
				fault("error is a text", moment, begun(moment).data("{\"error\":\"overloaded\"}").done().end(), broken),
				fault("error in the choice", moment,
						begun(moment).data("{\"choices\":[{\"error\":{\"code\":502},\"delta\":{}}]}").end(), broken),
				fault("error, and the connection stays open", moment, begun(moment).data(error("502")).stall(), broken),
				fault("finish reason error", moment, begun(moment).finish("error").done().end(), broken),
				fault("finish reason stop", moment, begun(moment).finish("stop").done().end(), whole),
				fault("finish reason length", moment, begun(moment).finish("length").done().end(), whole),
				fault("finish reason content_filter", moment, begun(moment).finish("content_filter").done().end(),
						(moment == Moment.IN_TEXT) ? Outcome.WHOLE : Outcome.REFUSED),
				fault("finish reason tool_calls", moment, begun(moment).finish("tool_calls").done().end(), whole),
				fault("finish reason unknown", moment, begun(moment).finish("whim").done().end(), whole),
				fault("finish reason without [DONE]", moment, begun(moment).finish("stop").end(), whole),
				fault("finish reason, and then a reset", moment, begun(moment).finish("stop").reset(), whole),
				fault("finish reason, and then silence", moment, begun(moment).finish("stop").stall(), whole),
				fault("[DONE] without finish reason", moment, begun(moment).done().end(), whole),
				fault("[DONE], and the connection stays open", moment, begun(moment).finish("stop").done().stall(),
						whole),
				fault("[DONE], and then a flood", moment,
						begun(moment).finish("stop").done().repeat("data: x\n\n", Duration.ZERO), whole),
				fault("no JSON", moment, begun(moment).data("<html>").end(), broken),
				fault("absurdly nested JSON", moment, begun(moment).data("[".repeat(100_000)).end(), broken),
				fault("no UTF-8", moment, begun(moment).body(random(3000)).end(), broken));
	}

	/** Unusual but valid answers: the visitor sees {@code Hello} and no error. */
	public static List<UpstreamFault> harmless() {
		byte[] hello = ("data: " + Script.textChunk("Hel") + "\n\n: x\n\ndata: " + Script.textChunk("lo")
				+ "\n\ndata: [DONE]\n\n")
			.getBytes(StandardCharsets.UTF_8);
		String text = new String(hello, StandardCharsets.UTF_8);
		return Stream
			.of(new Object[][] { { "bytes one by one", Script.stream().cut(hello, 1).end() },
					{ "CRLF", Script.stream().body(text.replace("\n", "\r\n")).end() },
					{ "CR", Script.stream().body(text.replace("\n", "\r")).end() },
					{ "BOM", Script.stream().body("\uFEFF" + text).end() },
					{ "no space after the colon", Script.stream().body(text.replace("data: ", "data:")).end() },
					{ "several events in a packet", Script.stream().body(hello).end() },
					{ "lines of several parts",
							Script.stream().body(text.replace(",\"model\"", ",\ndata: \"model\"")).end() },
					{ "300 KB of comments", Script.stream().body(": x\n\n".repeat(60_000)).body(text).end() },
					{ "odd fields",
							Script.stream()
								.data("{}")
								.data("[]")
								.data("7")
								.data("")
								.data("{\"choices\":null,\"usage\":7,\"error\":null}")
								.body(text)
								.end() },
					{ "other choices",
							Script.stream()
								.data("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"no\"}}]}")
								.body(text)
								.end() },
					{ "an event of 3 MB",
							Script.stream().data("{\"x\":\"" + "y".repeat(3_000_000) + "\"}").body(text).end() } })
			.map((fault) -> new UpstreamFault((String) fault[0], Moment.IN_TEXT, (Script) fault[1], Outcome.WHOLE))
			.toList();
	}

	private static UpstreamFault early(String name, Script script, Outcome expected) {
		return new UpstreamFault(name, Moment.BEFORE_ANSWER, script, expected);
	}

	private static UpstreamFault noStream(String name, Script script) {
		return new UpstreamFault("HTTP 200: " + name, Moment.BEFORE_ANSWER, script, Outcome.UNAVAILABLE);
	}

	private static UpstreamFault fault(String name, Moment moment, Script script, Outcome expected) {
		return new UpstreamFault(name, moment, script, expected);
	}

	private static Script begun(Moment moment) {
		return begin(moment, Script.stream());
	}

	/**
	 * Sends the text separately from the following steps, so that it has certainly
	 * arrived.
	 */
	private static Script begin(Moment moment, Script stream) {
		stream.comment();
		return (moment == Moment.IN_TEXT) ? stream.text("Hello").pause(Duration.ofMillis(30)) : stream;
	}

	private static String error(String code) {
		return "{\"id\":\"gen-1\",\"error\":{\"code\":%s,\"message\":\"Provider returned error\"},\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}"
			.formatted(code);
	}

	private static String headers(int count) {
		return IntStream.range(0, count)
			.mapToObj((i) -> "X-Header-" + i + ": value\r\n")
			.collect(java.util.stream.Collectors.joining());
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		new Random(7).nextBytes(bytes);
		return bytes;
	}

	/**
	 * The moment of a fault.
	 */
	public enum Moment {

		/** Before the response begins. */
		BEFORE_ANSWER,

		/** After the response head and before the first text. */
		BEFORE_TEXT,

		/** After some text. */
		IN_TEXT

	}

	/**
	 * The outcome of a fault.
	 */
	public enum Outcome {

		/** Nothing was shown, and the mock may answer. */
		UNAVAILABLE,

		/** Nothing was shown, and the mock must not answer. */
		REFUSED,

		/** The text stays, and an error follows it. */
		BROKEN_OFF,

		/** The text stays and is complete. */
		WHOLE

	}

}
