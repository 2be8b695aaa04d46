package dev.runnel.conversation.store;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.sun.management.OperatingSystemMXBean;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.Question;
import dev.runnel.conversation.Turn;
import dev.runnel.conversation.TurnStore;
import dev.runnel.web.Visitor;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.FileSystemUtils;

/**
 * Measures how long the database takes for a turn, and for the requests of a visitor with
 * 10,000 conversations of 20 messages. Run by {@code etc/storage-benchmark}; prints
 * milliseconds.
 */
public final class StorageBenchmark {

	private static final Visitor BOB = new Visitor("bob");

	private static final int MESSAGES = 20;

	/** Skips one half of the benchmark, to save time. */
	private static final boolean TURNS = !Boolean.getBoolean("readsOnly");

	private static final boolean READS = !Boolean.getBoolean("turnsOnly");

	private final BenchmarkTexts texts = new BenchmarkTexts();

	private final Storage storage;

	private StorageBenchmark(Storage storage) {
		this.storage = storage;
	}

	public static void main(String[] args) throws Exception {
		((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
		for (String database : (args.length > 0) ? args : new String[] { "h2", "postgresql" }) {
			switch (database) {
				case "h2" -> h2();
				case "postgresql" -> postgres();
				default -> throw new IllegalArgumentException("h2 or postgresql, not " + database);
			}
		}
	}

	private static void h2() throws IOException {
		Path folder = Files.createTempDirectory("runnel-benchmark");
		try {
			measure("H2", "runnel.conversation.max-per-visitor=1000000", "runnel.data-dir=" + folder);
		}
		finally {
			FileSystemUtils.deleteRecursively(folder);
		}
	}

	private static void postgres() throws IOException {
		try (EmbeddedPostgres server = Postgres.builder().start()) {
			measure("PostgreSQL", "runnel.conversation.max-per-visitor=1000000", "runnel.data-dir=mem",
					"runnel.database-url=r2dbc:postgresql://postgres:postgres@127.0.0.1:" + server.getPort()
							+ "/postgres");
		}
	}

	private static void measure(String name, String... settings) throws IOException {
		ReadBenchmark reads = new ReadBenchmark();
		try (Storage storage = Storage.start(settings)) {
			StorageBenchmark benchmark = new StorageBenchmark(storage);
			Stopwatch.heading(name);
			if (TURNS) {
				benchmark.turns(READS ? "empty database: " : "");
			}
			if (READS) {
				reads.fill(storage.conversations());
				reads.storage(storage.conversations());
			}
			if (TURNS && READS) {
				benchmark.turns("full database: ");
			}
		}
		if (READS) {
			reads.http(settings);
		}
	}

	private ConversationId add() {
		return Storage.get(this.storage.conversations().add(BOB, this.texts.plain(MESSAGES, "")));
	}

	private void turns(String where) {
		TurnStore store = this.storage.turns();
		List<Turn> turns = new ArrayList<>();
		Stopwatch.time(where + "begin", 3000,
				(i) -> store.begin(BOB, new Question(null, null, this.texts.text(20), false), Storage.plan(100_000))
					.doOnNext(turns::add));
		Stopwatch.time(where + "end", 3000, (i) -> {
			Mono<Void> end = store.end(turns.get(i), BenchmarkTexts.answer(this.texts.text(150)));
			return end.thenReturn(true);
		});
		ConversationId talk = add();
		List<Turn> more = new ArrayList<>();
		Stopwatch.time(where + "begin after 20 messages", 1000, (i) -> {
			Question question = new Question((i % 2 == 0) ? add() : talk, null, this.texts.text(20), false);
			return Mono.just(question);
		}, (question) -> store.begin(BOB, question, Storage.plan(20_000)).doOnNext(more::add));
		perTurn(where, store);
	}

	/**
	 * Measures the CPU time of a turn, summed over all threads, with 64 turns in
	 * parallel.
	 */
	private void perTurn(String where, TurnStore store) {
		int turns = 3000;
		long cpu = cpu();
		long begun = System.nanoTime();
		Flux<Boolean> all = Flux.range(0, turns)
			.flatMap((i) -> store
				.begin(BOB, new Question(null, null, this.texts.text(20), false), Storage.plan(100_000))
				.flatMap((turn) -> store.end(turn, BenchmarkTexts.answer(this.texts.text(150))).thenReturn(true)), 64);
		Storage.get(all.count());
		System.out.printf("%-40s %d turns: %.3f ms CPU and %.3f ms a turn%n", where + "64 at once", turns,
				(cpu() - cpu) / 1e6 / turns, (System.nanoTime() - begun) / 1e6 / turns);
	}

	private static long cpu() {
		return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
	}

}
