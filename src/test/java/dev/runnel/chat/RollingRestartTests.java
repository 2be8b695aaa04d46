package dev.runnel.chat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import dev.runnel.RunnelCluster;
import dev.runnel.RunnelProcess;
import dev.runnel.conversation.store.Postgres;
import dev.runnel.upstream.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two servers are restarted one after the other while both write answers and both read
 * those of the other. No limit of a server is near, so a slow machine changes nothing.
 */
@Tag("one-jdk")
@Timeout(600)
class RollingRestartTests {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static final int STREAMS = 5;

	private static final long LIMIT_SECONDS = 60;

	@TempDir
	private Path folder;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private RunnelCluster cluster;

	@BeforeEach
	void start() throws IOException {
		this.cluster = new RunnelCluster(this.folder, postgres, Script.hello(), "--runnel.stream.shutdown-wait=5m",
				"--runnel.openrouter.timeout.between-data=5m", "--runnel.redis.node-timeout=60s",
				"--runnel.stream.max-per-visitor=100");
	}

	@AfterEach
	void end() {
		this.threads.shutdownNow();
		if (this.cluster != null) {
			this.cluster.close();
		}
	}

	@Test
	void everyReaderHasTheWholeAnswerAndNoError() throws Exception {
		List<RunnelProcess> servers = this.cluster.add(2);
		RunnelProcess first = servers.get(0);
		RunnelProcess second = servers.get(1);
		HttpReader visitor = new HttpReader(first.port());
		// All later requests have the cookie of one visitor.
		visitor.get("/api/models");
		restart(first, visitor, visitor.at(second.port()));
		RunnelProcess third = this.cluster.add();
		restart(second, visitor.at(second.port()), visitor.at(third.port()));
	}

	/** Stops a server in the middle of answers of both. */
	private void restart(RunnelProcess leaving, HttpReader atLeaving, HttpReader atStaying) throws Exception {
		CountDownLatch gate = new CountDownLatch(1);
		this.cluster.upstream()
			.instead(Script.stream()
				.text("one ")
				.step((connection) -> gate.await())
				.text("two")
				.finish("stop")
				.done()
				.end());
		List<Reader> readers = new ArrayList<>(open("the answers of the one that leaves", atLeaving, atStaying));
		List<Reader> others = open("the answers of the one that stays", atStaying, atLeaving);
		readers.addAll(others);
		leaving.stop();
		List<Reader> sentAway = others.stream().filter((reader) -> reader.at == atLeaving).toList();
		readToEnd(sentAway, readers, leaving);
		for (Reader reader : sentAway) {
			assertThat(reader.seen().names()).as(() -> report(readers, leaving)).doesNotContain("error", "complete");
			reader.goOn(atStaying);
		}
		gate.countDown();
		readToEnd(readers, readers, leaving);
		for (Reader reader : readers) {
			assertThat(reader.seen().said()).as(() -> report(readers, leaving)).isEqualTo("one two");
			assertThat(reader.seen().last().name()).as(() -> report(readers, leaving)).isEqualTo("complete");
		}
		leaving.awaitEnd();
	}

	/** Begins answers on one server, and reads each of them on both. */
	private static List<Reader> open(String name, HttpReader writing, HttpReader reading) throws Exception {
		List<Reader> readers = new ArrayList<>();
		for (int i = 0; i < STREAMS; i++) {
			Reader own = new Reader(name + ", read there", writing, writing.openStream("hi"));
			own.readTo("one ");
			Reader other = new Reader(name + ", read on the other", reading, reading.openAgain(own.stream(), 0));
			other.readTo("one ");
			readers.addAll(List.of(own, other));
		}
		return readers;
	}

	/** Reads all responses at the same time. */
	private void readToEnd(List<Reader> some, List<Reader> all, RunnelProcess leaving) throws InterruptedException {
		List<Future<?>> ends = new ArrayList<>();
		some.forEach((reader) -> ends.add(this.threads.submit(reader::readToEnd)));
		for (Future<?> end : ends) {
			try {
				end.get(LIMIT_SECONDS, TimeUnit.SECONDS);
			}
			catch (ExecutionException | TimeoutException ex) {
				throw new AssertionError(report(all, leaving), ex);
			}
		}
	}

	/** What each reader has, and what the server says. */
	private static String report(List<Reader> readers, RunnelProcess leaving) {
		try {
			return readers.stream().map(Reader::toString).collect(Collectors.joining("\n", "\n", "\n")) + leaving.log();
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	/** A reader that reads on over several connections. */
	private static final class Reader {

		private final String name;

		/** One thread reads, and another one may report. */
		private final StringBuffer read = new StringBuffer();

		private HttpReader at;

		private InputStream in;

		Reader(String name, HttpReader at, HttpResponse<InputStream> response) {
			this.name = name;
			this.at = at;
			this.in = body(response);
		}

		private static InputStream body(HttpResponse<InputStream> response) {
			assertThat(response.statusCode()).isEqualTo(200);
			return response.body();
		}

		void readTo(String text) throws IOException {
			this.read.append(HttpReader.readUntil(this.in, text));
		}

		Reader readToEnd() throws IOException {
			byte[] buffer = new byte[8192];
			for (int count = this.in.read(buffer); count >= 0; count = this.in.read(buffer)) {
				this.read.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
			}
			return this;
		}

		/** Reads on at another server. */
		void goOn(HttpReader other) throws Exception {
			this.at = other;
			this.in = body(other.openAgain(stream(), seen().lastId()));
		}

		SseTranscript seen() {
			return SseTranscript.of(this.read.toString());
		}

		String stream() {
			return seen().events().get(0).data().get("streamId").asString();
		}

		@Override
		public String toString() {
			SseTranscript seen = seen();
			return this.name + ": '" + seen.said() + "', " + seen.names() + ", " + seen.last();
		}

	}

}
