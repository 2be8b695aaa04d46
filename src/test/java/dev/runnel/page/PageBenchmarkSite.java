package dev.runnel.page;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.runnel.markdown.StreamingMarkdown;
import dev.runnel.markdown.StreamingMarkdown.MarkdownUpdate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The whole application with prepared answers. The question names the number of chunks
 * and the rate: {@code 2000@50} is 2000 chunks at 50 per second; a rate of 0 sends all at
 * once. The minimal page is at {@code /floor}.
 */
final class PageBenchmarkSite implements AutoCloseable {

	static final String LAST_WORDS = "The very last word.";

	private static final int CHUNK = 43;

	private static final String SECTION = """
			## Part %d of the way

			A *runnel* is a **small stream** of water, say `h2o` & more; see [the source](https://example.org/%d) and what \
			the people who live beside it say about the spring, when the snow melts and the meadow is under water.

			1. rain falls on the hill
			2. a spring comes up, and it is *cold*
			   - and another below it
			   - that is seen by **nobody**
			3. both find each other

			```java
			int drips = %d; // a < b && c > d
			for (int drip = 0; drip < drips; drip++) {
				flow.add(new Drop(drip, "of water"));
			}
			```

			> Quiet water runs on,
			> and nobody hears it.

			| where | what | how much |
			|:---|---:|---|
			| hill | source | a little |
			| plain | mouth | a lot of it |

			""";

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final ParameterizedTypeReference<Map<String, Object>> QUESTION = new ParameterizedTypeReference<>() {
	};

	private final Map<Integer, List<byte[]>> answers = new java.util.concurrent.ConcurrentHashMap<>();

	private final RunningRunnel runnel;

	/** When the last chunk of the last answer was sent, in milliseconds of the clock. */
	volatile double lastSent;

	/** The number of characters that the last answer shows. */
	volatile int shown;

	PageBenchmarkSite() {
		this.runnel = RunningRunnel.startWith(
				(context) -> context.registerBean("benchmark", RouterFunction.class, this::routes),
				"--runnel.data-dir=mem", "--runnel.security.secret-file=", "--logging.level.dev.runnel=warn");
	}

	/** Warms up the server, because only the page should be measured. */
	void warmUp() throws IOException, InterruptedException {
		HttpRequest question = HttpRequest.newBuilder(URI.create(url("/api/chat/stream")))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"message\":\"1000@500\"}"))
			.build();
		for (int round = 0; round < 5; round++) {
			HttpClient.newHttpClient().send(question, HttpResponse.BodyHandlers.ofString());
		}
	}

	String url(String path) {
		return this.runnel.url(path);
	}

	private RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.POST("/api/chat/stream", this::answer)
			.GET("/floor", (request) -> floor())
			.build();
	}

	/** The minimal page. Its script is inline, so that nothing else is loaded. */
	private static Mono<ServerResponse> floor() {
		return ServerResponse.ok()
			.contentType(MediaType.TEXT_HTML)
			.header("Content-Security-Policy", "default-src 'self' 'unsafe-inline' data:")
			.bodyValue(new ClassPathResource("page-bench/floor.html"));
	}

	/**
	 * The writer of the response requests more events directly ({@code subscribeOn} with
	 * false). If such a request were dispatched to the sending thread, it would wait
	 * until everything is sent, and the page would get all events at once.
	 */
	private Mono<ServerResponse> answer(ServerRequest request) {
		return request.bodyToMono(QUESTION).flatMap((question) -> {
			String[] load = ((String) question.get("message")).strip().split("@");
			List<byte[]> events = events(Integer.parseInt(load[0]));
			Flux<byte[]> paced = Flux.<byte[]>create((sink) -> send(events, Integer.parseInt(load[1]), sink))
				.subscribeOn(Schedulers.boundedElastic(), false);
			BodyInserter<Object, ServerHttpResponse> body = (response, context) -> response.writeAndFlushWith(
					paced.map((event) -> Mono.just(DefaultDataBufferFactory.sharedInstance.wrap(event))));
			return ServerResponse.ok()
				.contentType(MediaType.parseMediaType("text/event-stream;charset=UTF-8"))
				.body(body);
		});
	}

	private void send(List<byte[]> events, int rate, FluxSink<byte[]> sink) {
		sink.next(event(1, "start",
				Map.of("streamId", UUID.randomUUID(), "conversationId", UUID.randomUUID(), "userMessageId",
						UUID.randomUUID(), "messageId", UUID.randomUUID(), "model", "small/model", "source",
						"openrouter")));
		long begin = System.nanoTime();
		for (int at = 0; at < events.size(); at++) {
			if (rate > 0) {
				waitUntil(begin + at * TimeUnit.SECONDS.toNanos(1) / rate);
			}
			sink.next(events.get(at));
		}
		this.lastSent = System.currentTimeMillis();
		sink.next(event(events.size() + 2, "complete", Map.of("status", "completed", "finishReason", "stop", "source",
				"openrouter", "model", "small/model", "messageId", UUID.randomUUID())));
		sink.complete();
	}

	private static void waitUntil(long nanos) {
		for (long rest = nanos - System.nanoTime(); rest > 0; rest = nanos - System.nanoTime()) {
			LockSupport.parkNanos(rest);
		}
	}

	private List<byte[]> events(int chunks) {
		return this.answers.computeIfAbsent(chunks, this::prepare);
	}

	/** Chunks of 4.3 characters on average, and a last paragraph that marks the end. */
	private List<byte[]> prepare(int chunks) {
		String text = text(chunks * CHUNK / 10);
		StreamingMarkdown markdown = new StreamingMarkdown();
		List<byte[]> events = new ArrayList<>();
		int from = 0;
		for (int chunk = 1; chunk < chunks; chunk++) {
			int to = Math.min(text.length(), chunk * CHUNK / 10);
			add(events, markdown.append(text.substring(from, to)));
			from = to;
		}
		add(events, markdown.append(text.substring(from) + "\n\n"));
		add(events, markdown.append(LAST_WORDS));
		add(events, markdown.finish());
		return events;
	}

	private static String text(int length) {
		StringBuilder text = new StringBuilder();
		for (int part = 0; text.length() < length; part++) {
			text.append(SECTION.formatted(part, part, part));
		}
		return text.substring(0, length);
	}

	private static void add(List<byte[]> events, MarkdownUpdate update) {
		if (!update.isEmpty()) {
			events.add(event(events.size() + 2, "message",
					Map.of("content", update.content(), "patches", update.patches())));
		}
	}

	private static byte[] event(int id, String name, Map<String, Object> data) {
		return "id: %d\nevent: %s\ndata: %s\n\n".formatted(id, name, JSON.writeValueAsString(data))
			.getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public void close() throws IOException {
		this.runnel.close();
	}

}
