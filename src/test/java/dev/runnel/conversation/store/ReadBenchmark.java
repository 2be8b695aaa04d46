package dev.runnel.conversation.store;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.runnel.RunnelApplication;
import dev.runnel.conversation.ConversationFilter;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Conversations;
import dev.runnel.conversation.TimeUuid;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Measures the reads of a visitor with many conversations: in the storage alone, and over
 * HTTP to the last byte.
 */
final class ReadBenchmark {

	private static final Visitor ANN = new Visitor("ann");

	private static final int CONVERSATIONS = Integer.getInteger("conversations", 10_000);

	private static final int MESSAGES = 20;

	private static final int BIG = 500;

	private static final int FILLING_AT_ONCE = 8;

	private static final String MARK = "lastword";

	private static final List<String> VOCABULARY = BenchmarkTexts.VOCABULARY;

	private static final byte[] SECRET = new byte[32];

	private final HttpClient client = HttpClient.newHttpClient();

	private final Random random = new Random(2);

	private final BenchmarkTexts texts = new BenchmarkTexts();

	private final List<ConversationId> ids = new ArrayList<>();

	private ConversationId big = new ConversationId(TimeUuid.next());

	/** Adds the conversations of the visitor. */
	void fill(Conversations conversations) {
		long begun = System.nanoTime();
		Flux<ConversationId> added = Flux.range(1, CONVERSATIONS)
			.map((i) -> this.texts.plain(MESSAGES, (i == CONVERSATIONS) ? MARK : ""))
			.flatMap((conversation) -> conversations.add(ANN, conversation), FILLING_AT_ONCE);
		added.doOnNext(this.ids::add).then().toFuture().join();
		this.big = Storage.get(conversations.add(ANN, this.texts.formatted(BIG)));
		System.out.printf("filled in %d s%n", Duration.ofNanos(System.nanoTime() - begun).toSeconds());
		begun = System.nanoTime();
		Awaitility.await()
			.atMost(5, TimeUnit.MINUTES)
			.until(() -> !Storage.get(conversations.search(ANN, MARK, null, 1)).hits().isEmpty());
		System.out.printf("all found %d s later%n", Duration.ofNanos(System.nanoTime() - begun).toSeconds());
	}

	private ConversationId any() {
		return this.ids.get(this.random.nextInt(this.ids.size()));
	}

	void storage(Conversations conversations) {
		List<String> cursors = new ArrayList<>();
		for (String cursor = null; cursors.size() < 100; cursors.add(cursor)) {
			cursor = Storage.get(conversations.list(ANN, ConversationFilter.ALL, cursor, 30)).nextCursor();
		}
		Stopwatch.time("list a page", 1000,
				(i) -> conversations.list(ANN, ConversationFilter.ALL, (i % 2 == 0) ? null : cursors.get(i % 100), 30));
		Stopwatch.time("list pinned ones (there are none)", 500,
				(i) -> conversations.list(ANN, ConversationFilter.PINNED, null, 30));
		Stopwatch.time("list the others", 500,
				(i) -> conversations.list(ANN, ConversationFilter.UNPINNED, cursors.get(i % 100), 30));
		Stopwatch.time("open (20 messages)", 1000, (i) -> open(conversations, any()));
		Stopwatch.time("open (500 messages)", 200, (i) -> open(conversations, this.big));
		Stopwatch.time("search a rare word", 600,
				(i) -> conversations.search(ANN, VOCABULARY.get(19_000 - i), null, 30));
		Stopwatch.time("search a frequent word", 600,
				(i) -> conversations.search(ANN, VOCABULARY.get(i % 10), null, 30));
		Stopwatch.time("search a prefix of one letter", 500,
				(i) -> conversations.search(ANN, VOCABULARY.get(i % 100).substring(0, 1), null, 30));
		Stopwatch.time("search two words", 600, (i) -> conversations.search(ANN, twoWords(), null, 30));
		Stopwatch.time("search as typed", 600, (i) -> conversations.search(ANN, begunWord(i), null, 30));
		Stopwatch.time("search nothing there", 500, (i) -> conversations.search(ANN, "nothing" + i, null, 30));
	}

	private static Mono<?> open(Conversations conversations, ConversationId id) {
		return conversations.head(ANN, id).zipWith(conversations.messages(ANN, id).collectList());
	}

	private String twoWords() {
		return this.texts.word() + " " + this.texts.word();
	}

	private String begunWord(int i) {
		String word = this.texts.word();
		return word.substring(0, 2 + i % (word.length() - 2));
	}

	/** Measures the reads over HTTP, with a server that has just started. */
	void http(String... settings) throws IOException {
		Path secret = Files.write(Files.createTempFile("runnel-benchmark", ".secret"), SECRET);
		String[] arguments = Stream
			.concat(Stream.of("server.port=0", "runnel.security.secret-file=" + secret), Stream.of(settings))
			.map((setting) -> "--" + setting)
			.toArray(String[]::new);
		try (ConfigurableApplicationContext server = new SpringApplicationBuilder(RunnelApplication.class)
			.run(arguments)) {
			String base = "http://127.0.0.1:" + server.getEnvironment().getProperty("local.server.port")
					+ "/api/conversations";
			Stopwatch.time("HTTP: list a page", 600, (i) -> get(base + "?limit=30", "identity"));
			Stopwatch.time("HTTP: open (20 messages)", 600, (i) -> get(base + "/" + any(), "identity"));
			Stopwatch.time("HTTP: search as typed", 600, (i) -> get(base + "?query=" + begunWord(i), "identity"));
			Stopwatch.time("HTTP: open (500 messages)", 300, (i) -> get(base + "/" + this.big, "identity"));
			Stopwatch.time("HTTP: the same, compressed", 300, (i) -> get(base + "/" + this.big, "gzip"));
			System.out.printf("it has %d bytes, compressed %d%n",
					Storage.get(get(base + "/" + this.big, "identity")).length,
					Storage.get(get(base + "/" + this.big, "gzip")).length);
		}
		finally {
			Files.delete(secret);
		}
	}

	private Mono<byte[]> get(String url, String encoding) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url))
			.header("Cookie", "runnel=" + cookie())
			.header("Accept-Encoding", encoding)
			.build();
		return Mono.fromFuture(() -> this.client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()))
			.map((response) -> {
				if (response.statusCode() != 200) {
					throw new IllegalStateException(url + " gives " + response.statusCode());
				}
				return response.body();
			});
	}

	/** The cookie that a server with this secret gives to the visitor. */
	private static String cookie() {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
			return ANN.id() + "."
					+ Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(ANN.id().getBytes()));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
