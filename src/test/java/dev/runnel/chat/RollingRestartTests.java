package dev.runnel.chat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

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
 * those of the other.
 */
@Tag("one-jdk")
@Timeout(400)
class RollingRestartTests {

	@RegisterExtension
	static final Postgres postgres = new Postgres();

	private static final int STREAMS = 5;

	@TempDir
	private Path folder;

	private RunnelCluster cluster;

	@BeforeEach
	void start() throws IOException {
		this.cluster = new RunnelCluster(this.folder, postgres, Script.hello(), "--runnel.stream.shutdown-wait=50s",
				"--runnel.stream.max-per-visitor=100");
	}

	@AfterEach
	void end() {
		if (this.cluster != null) {
			this.cluster.close();
		}
	}

	@Test
	void everyReaderHasTheWholeAnswerAndNoError() throws Exception {
		RunnelProcess first = this.cluster.add();
		RunnelProcess second = this.cluster.add();
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
		List<Reader> readers = new ArrayList<>();
		for (Pair pair : List.of(new Pair(atLeaving, atStaying), new Pair(atStaying, atLeaving))) {
			for (int i = 0; i < STREAMS; i++) {
				Reader own = new Reader(pair.own.openStream("hi").body());
				own.readTo("one ");
				Reader other = new Reader(pair.other.openAgain(own.stream(), 0).body());
				other.readTo("one ");
				readers.addAll(List.of(own, other));
			}
		}
		leaving.stop();
		List<Reader> sentAway = readers.subList(STREAMS * 2, readers.size());
		for (Reader reader : IntStream.range(0, STREAMS).mapToObj((i) -> sentAway.get(i * 2 + 1)).toList()) {
			assertThat(reader.readToEnd().names()).doesNotContain("error", "complete");
			reader.in = atStaying.openAgain(reader.stream(), reader.lastId()).body();
		}
		gate.countDown();
		for (Reader reader : readers) {
			SseTranscript all = reader.readToEnd();
			assertThat(all.said()).isEqualTo("one two");
			assertThat(all.last().name()).isEqualTo("complete");
		}
		leaving.awaitEnd();
	}

	/**
	 * A visitor at the server that writes, and at the other one.
	 */
	private record Pair(HttpReader own, HttpReader other) {
	}

	/** A reader that reads on over several connections. */
	private static final class Reader {

		private final StringBuilder read = new StringBuilder();

		private InputStream in;

		Reader(InputStream in) {
			this.in = in;
		}

		void readTo(String text) throws IOException {
			this.read.append(HttpReader.readUntil(this.in, text));
		}

		SseTranscript readToEnd() throws IOException {
			this.read.append(new String(this.in.readAllBytes(), StandardCharsets.UTF_8));
			return SseTranscript.of(this.read.toString());
		}

		String stream() {
			return SseTranscript.of(this.read.toString()).events().get(0).data().get("streamId").asString();
		}

		long lastId() {
			return SseTranscript.of(this.read.toString()).lastId();
		}

	}

}
