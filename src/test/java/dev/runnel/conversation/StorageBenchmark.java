package dev.runnel.conversation;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.sun.management.OperatingSystemMXBean;
import dev.runnel.upstream.Role;
import dev.runnel.upstream.Source;
import dev.runnel.web.Visitor;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How long the database takes: for a turn, and for what a visitor with 10,000
 * conversations of 20 messages does. Run by {@code etc/storage-benchmark}; prints
 * milliseconds.
 */
public final class StorageBenchmark {

	private static final Visitor ANN = new Visitor("ann");

	private static final int CONVERSATIONS = Integer.getInteger("conversations", 10_000);

	private static final int MESSAGES = 20;

	/**
	 * Words as frequent as in a language: the second half as often as the first, and so
	 * on.
	 */
	private static final List<String> VOCABULARY = IntStream.range(0, 20_000)
		.mapToObj((i) -> Integer.toString(i * 7919 % 1_000_003 + 36 * 36 * 36, 36) + "word")
		.toList();

	private final Random random = new Random(1);

	private final Storage storage;

	private final List<ConversationId> ids = new ArrayList<>();

	private StorageBenchmark(Storage storage) {
		this.storage = storage;
	}

	public static void main(String[] args) throws Exception {
		for (String database : (args.length > 0) ? args : new String[] { "h2", "postgresql" }) {
			if (database.equals("h2")) {
				Path folder = Files.createTempDirectory("runnel-benchmark");
				measure("H2", "runnel.conversation.max-per-visitor=1000000", "runnel.data-dir=" + folder);
			}
			else {
				try (EmbeddedPostgres server = Postgres.builder().start()) {
					measure("PostgreSQL", "runnel.conversation.max-per-visitor=1000000", "runnel.data-dir=mem",
							"runnel.database-url=r2dbc:postgresql://postgres:postgres@127.0.0.1:" + server.getPort()
									+ "/postgres");
				}
			}
		}
	}

	private static void measure(String name, String... settings) throws IOException {
		try (Storage storage = Storage.start(settings)) {
			StorageBenchmark benchmark = new StorageBenchmark(storage);
			System.out.printf("%n%s %34s %8s %8s %8s %8s%n", name, "n", "p50", "p95", "p99", "max");
			benchmark.turns("empty database: ");
			if (Boolean.getBoolean("turnsOnly")) {
				benchmark.turns("again: ");
				return;
			}
			benchmark.fill();
			benchmark.turns("full database: ");
			benchmark.reads();
		}
	}

	private void fill() {
		long begun = System.nanoTime();
		for (int i = 0; i < CONVERSATIONS; i++) {
			this.ids.add(add(MESSAGES));
		}
		System.out.printf("filled in %d s%n", Duration.ofNanos(System.nanoTime() - begun).toSeconds());
		begun = System.nanoTime();
		Awaitility.await()
			.atMost(5, TimeUnit.MINUTES)
			.until(() -> !Storage.get(this.storage.library().search(ANN, "lastword", null, 1)).hits().isEmpty());
		System.out.printf("all found %d s later%n", Duration.ofNanos(System.nanoTime() - begun).toSeconds());
	}

	private ConversationId add(int count) {
		List<Message> messages = new ArrayList<>();
		Instant now = Instant.now();
		MessageId parent = null;
		for (int i = 0; i < count; i++) {
			boolean question = i % 2 == 0;
			String text = text(question ? 20 : 150) + ((this.ids.size() == CONVERSATIONS - 1) ? " lastword" : "");
			Message message = new Message(new MessageId(UUID.randomUUID()), parent,
					question ? Role.USER : Role.ASSISTANT, text, now, question ? null : answer(text));
			messages.add(message);
			parent = message.id();
		}
		return Storage.get(this.storage.library()
			.add(ANN, new ImportedConversation(text(5), false, false, now, now, null, ConversationSettings.NONE,
					messages)));
	}

	private static Answer answer(String text) {
		return new Answer(AnswerState.COMPLETE, text, "", Source.OPENROUTER, "acme/chat-1", "Acme", null, null,
				Duration.ofMillis(200), Duration.ofSeconds(3));
	}

	private String text(int words) {
		return IntStream.range(0, words).mapToObj((i) -> word()).collect(Collectors.joining(" "));
	}

	private String word() {
		return VOCABULARY.get((int) (Math.pow(VOCABULARY.size(), this.random.nextDouble()) - 1));
	}

	private void turns(String where) {
		Conversations conversations = this.storage.conversations();
		List<Turn> turns = new ArrayList<>();
		time(where + "begin", 3000,
				(i) -> conversations.begin(ANN, new Question(null, null, text(20), false), (settings, asked) -> 100_000)
					.doOnNext(turns::add));
		time(where + "end", 3000, (i) -> {
			Mono<Void> end = conversations.end(turns.get(i), answer(text(150)));
			return end.thenReturn(true);
		});
		ConversationId talk = add(MESSAGES);
		List<Turn> more = new ArrayList<>();
		time(where + "begin after 20 messages", 1000, (i) -> {
			Question question = new Question((i % 2 == 0) ? add(MESSAGES) : talk, null, text(20), false);
			return Mono.just(question);
		}, (question) -> conversations.begin(ANN, question, (settings, asked) -> 20_000).doOnNext(more::add));
		perTurn(where, conversations);
	}

	/**
	 * What a turn takes of the processor, all threads together, when many come at once.
	 */
	private void perTurn(String where, Conversations conversations) {
		int turns = 3000;
		long cpu = cpu();
		long begun = System.nanoTime();
		Flux<Boolean> all = Flux.range(0, turns)
			.flatMap((i) -> conversations
				.begin(ANN, new Question(null, null, text(20), false), (settings, asked) -> 100_000)
				.flatMap((turn) -> conversations.end(turn, answer(text(150))).thenReturn(true)), 64);
		Storage.get(all.count());
		System.out.printf("%-40s %d turns: %.3f ms CPU and %.3f ms a turn%n", where + "64 at once", turns,
				(cpu() - cpu) / 1e6 / turns, (System.nanoTime() - begun) / 1e6 / turns);
	}

	private static long cpu() {
		return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
	}

	private void reads() {
		ConversationLibrary library = this.storage.library();
		List<String> cursors = new ArrayList<>();
		for (String cursor = null; cursors.size() < 100; cursors.add(cursor)) {
			cursor = Storage.get(library.list(ANN, ConversationFilter.ALL, cursor, 30)).nextCursor();
		}
		time("list a page", 2000,
				(i) -> library.list(ANN, ConversationFilter.ALL, (i % 2 == 0) ? null : cursors.get(i % 100), 30));
		time("open (20 messages)", 2000, (i) -> {
			ConversationId id = this.ids.get(this.random.nextInt(this.ids.size()));
			return library.head(ANN, id).zipWith(library.messages(ANN, id).collectList());
		});
		ConversationId big = add(500);
		time("open (500 messages)", 200,
				(i) -> library.head(ANN, big).zipWith(library.messages(ANN, big).collectList()));
		time("search a rare word", 1000, (i) -> library.search(ANN, VOCABULARY.get(19_000 - i), null, 30));
		time("search a frequent word", 1000, (i) -> library.search(ANN, VOCABULARY.get(i % 10), null, 30));
		time("search a prefix of one letter", 1000,
				(i) -> library.search(ANN, VOCABULARY.get(i % 100).substring(0, 1), null, 30));
		time("search two words", 1000, (i) -> library.search(ANN, word() + " " + word(), null, 30));
		time("search as typed", 1000, (i) -> {
			String word = word();
			return library.search(ANN, word.substring(0, 2 + i % (word.length() - 2)), null, 30);
		});
		time("search nothing there", 1000, (i) -> library.search(ANN, "nothing" + i, null, 30));
	}

	private static <T> void time(String what, int times, IntFunction<Mono<T>> work) {
		time(what, times, Mono::just, work::apply);
	}

	/** One after the other; the first run of all is to warm up. */
	private static <P, T> void time(String what, int times, IntFunction<Mono<P>> prepare, Function<P, Mono<T>> work) {
		double[] millis = new double[times];
		for (int i = 0; i < times; i++) {
			P prepared = Storage.get(prepare.apply(i));
			long begun = System.nanoTime();
			await(work.apply(prepared));
			millis[i] = (System.nanoTime() - begun) / 1e6;
		}
		double[] warm = Arrays.copyOfRange(millis, times / 3, times);
		Arrays.sort(warm);
		System.out.printf("%-40s %d %8.3f %8.3f %8.3f %8.3f%n", what, warm.length, warm[warm.length / 2],
				warm[warm.length * 95 / 100], warm[warm.length * 99 / 100], warm[warm.length - 1]);
	}

	private static void await(Mono<?> work) {
		CountDownLatch done = new CountDownLatch(1);
		work.subscribe((value) -> {
		}, (ex) -> {
			ex.printStackTrace();
			done.countDown();
		}, done::countDown);
		try {
			if (!done.await(30, TimeUnit.SECONDS)) {
				throw new IllegalStateException("it takes too long");
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
