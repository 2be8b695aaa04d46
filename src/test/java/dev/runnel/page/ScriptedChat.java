package dev.runnel.page;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.runnel.chat.ChatWire;
import dev.runnel.models.ListedModel;
import dev.runnel.models.ServiceState;
import dev.runnel.models.ServiceState.State;
import dev.runnel.upstream.Model;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Reason;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server side of the wire contract, scripted by a test: each question becomes a
 * {@link ScriptedStream}, whose events and timing the test controls.
 */
final class ScriptedChat {

	private static final String NO_BUDGET = "{\"left\":null,\"renewsAt\":null}";

	private final BlockingQueue<ScriptedStream> asked = new LinkedBlockingQueue<>();

	private final Map<String, ScriptedStream> streams = new ConcurrentHashMap<>();

	private final Queue<Mono<ServerResponse>> refusals = new ConcurrentLinkedQueue<>();

	/**
	 * The {@code Last-Event-ID} (or {@code after}) of each repeated read.
	 */
	final List<String> resumedAfter = new CopyOnWriteArrayList<>();

	/** The ids of the streams that were asked to stop. */
	final List<String> stopped = new CopyOnWriteArrayList<>();

	/** The stored conversations, as in the server's storage. */
	final ScriptedConversations conversations = new ScriptedConversations();

	volatile boolean startsAtOnce = true;

	/** Whether nobody can read a stream again for the moment. */
	volatile boolean isAway;

	volatile boolean hasModels = true;

	/** Whether there are more services: a local one, one that is away, and a slow one. */
	volatile boolean hasLocalService;

	/** Whether there are also models whose names begin with their makers. */
	volatile boolean hasMakers;

	/** What is left of the budget. */
	volatile String usage = NO_BUDGET;

	void reset() {
		this.streams.values().forEach(ScriptedStream::close);
		this.asked.clear();
		this.streams.clear();
		this.refusals.clear();
		this.resumedAfter.clear();
		this.stopped.clear();
		this.startsAtOnce = true;
		this.isAway = false;
		this.conversations.reset();
		this.hasModels = true;
		this.hasLocalService = false;
		this.hasMakers = false;
		this.usage = NO_BUDGET;
	}

	/** Waits for the next question. Returns the stream of its answer. */
	ScriptedStream asked() {
		try {
			ScriptedStream stream = this.asked.poll(10, TimeUnit.SECONDS);
			assertThat(stream).as("a question within 10 s").isNotNull();
			return stream;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	boolean wasAskedAgain() {
		return !this.asked.isEmpty();
	}

	/** Answers the next question with a problem. */
	void refuse(HttpStatus status, ErrorCode code, String detail) {
		refuse(status, code, detail, null);
	}

	/** Answers the next question with a problem that says when to retry. */
	void refuse(HttpStatus status, ErrorCode code, String detail, @Nullable Duration retryAfter) {
		refuse(new ProblemException(status, code, detail, List.of(), retryAfter));
	}

	/** Answers the next question with this problem. */
	void refuse(ProblemException problem) {
		this.refusals.add(Mono.error(problem));
	}

	/** Answers the next question as a proxy in front of the server does. */
	void answerInFront(Mono<ServerResponse> response) {
		this.refusals.add(response);
	}

	RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.POST("/api/chat/stream", this::ask)
			.GET("/api/chat/streams", (request) -> ServerResponse.ok().bodyValue(list()))
			.GET("/api/chat/stream/{id}", this::readAgain)
			.DELETE("/api/chat/stream/{id}", this::stop)
			.GET("/api/models", (request) -> models())
			.GET("/api/services", (request) -> ServerResponse.ok().bodyValue(services()))
			.GET("/api/usage",
					(request) -> ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(this.usage))
			.build();
	}

	private Mono<ServerResponse> models() {
		return this.hasModels ? ServerResponse.ok().bodyValue(listed())
				: Mono.error(new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, ErrorCode.UPSTREAM_UNAVAILABLE,
						"No list now.", List.of(), null));
	}

	private List<ListedModel> listed() {
		List<ListedModel> models = new ArrayList<>();
		models.add(hosted(model("small/model", "Small Model", 8192, "0.0000005", "0.000001", false)));
		models.add(hosted(model("large/model", "Large Model", 128_000, "0.000002", "0.000004", true)));
		models.add(hosted(model("free/model", "Free Model", 32_000, "0", "0", false)));
		if (this.hasLocalService) {
			models.add(ListedModel.of(Model.of("small/model").as("local/small/model"), "local", true));
		}
		if (this.hasMakers) {
			models.add(hosted(model("zeta/one", "Zeta: One", 8192, "0.000001", "0.000001", false)));
			models.add(hosted(model("acme/one", "Acme: One", 8192, "0.000001", "0.000001", false)));
			models.add(hosted(model("acme/old", "Old One", 8192, "0.000001", "0.000001", false)));
		}
		return models;
	}

	private static ListedModel hosted(Model model) {
		return ListedModel.of(model, "OpenRouter", false);
	}

	private List<ServiceState> services() {
		ServiceState hosted = new ServiceState("OpenRouter", false, State.LISTED, 3);
		return this.hasLocalService ? List.of(hosted, new ServiceState("local", true, State.LISTED, 1),
				new ServiceState("other", false, State.UNREACHABLE, 0),
				new ServiceState("slow", true, State.LOADING, 0)) : List.of(hosted);
	}

	private static Model model(String id, String name, long context, String read, String written, boolean able) {
		return new Model(id, name, context, read, written, able ? List.of("text", "image") : List.of("text"), able,
				able, able ? "0.01" : null);
	}

	private Mono<ServerResponse> ask(ServerRequest request) {
		return request.bodyToMono(String.class).map(ChatWire::question).flatMap((question) -> {
			Mono<ServerResponse> refusal = this.refusals.poll();
			return (refusal != null) ? refusal : answer(question);
		});
	}

	private Mono<ServerResponse> answer(Map<String, Object> question) {
		ScriptedStream stream = new ScriptedStream(question, this.conversations);
		this.streams.put(stream.streamId, stream);
		if (this.startsAtOnce) {
			stream.start();
		}
		this.asked.add(stream);
		return events(stream.read(0));
	}

	private Mono<ServerResponse> readAgain(ServerRequest request) {
		ScriptedStream stream = this.streams.get(request.pathVariable("id"));
		if (stream == null) {
			return Mono.error(ProblemException.notFound("stream"));
		}
		if (this.isAway) {
			return Mono.error(ProblemException.unavailable(Reason.SERVERS_AWAY, null));
		}
		String after = request.headers().asHttpHeaders().getFirst("Last-Event-ID");
		String from = (after != null) ? after : request.queryParam("after").orElse("0");
		this.resumedAfter.add(from);
		return events(stream.read(Integer.parseInt(from)));
	}

	private Mono<ServerResponse> stop(ServerRequest request) {
		ScriptedStream stream = this.streams.get(request.pathVariable("id"));
		this.stopped.add(request.pathVariable("id"));
		if (stream == null) {
			return Mono.error(ProblemException.notFound("stream"));
		}
		stream.stop();
		return ServerResponse.noContent().build();
	}

	/** Forgets all streams, like a restarted server. */
	void forget() {
		this.streams.clear();
	}

	private List<Object> list() {
		return this.streams.values().stream().map(ScriptedStream::summary).toList();
	}

	private static Mono<ServerResponse> events(Flux<String> events) {
		BodyInserter<Object, ServerHttpResponse> body = (response, context) -> response
			.writeAndFlushWith(events.map((event) -> Mono
				.just(DefaultDataBufferFactory.sharedInstance.wrap(event.getBytes(StandardCharsets.UTF_8)))));
		return ServerResponse.ok()
			.contentType(MediaType.parseMediaType("text/event-stream;charset=UTF-8"))
			.header("Cache-Control", "no-cache, no-transform")
			.body(body);
	}

}
