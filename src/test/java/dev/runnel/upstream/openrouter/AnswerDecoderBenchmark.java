package dev.runnel.upstream.openrouter;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.runnel.upstream.ModelEvent;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/**
 * The cost to decode a usual chunk (270 bytes of JSON for four characters of text), for
 * single chunks and for bursts, in an answer and in a thought within its text. Run it
 * with {@code etc/jmh AnswerDecoderBenchmark -prof gc}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class AnswerDecoderBenchmark {

	private static final int CHUNKS = 64;

	private static final String CHUNK = """
			data: {"id":"gen-1763857000-AbCdEfGhIjKlMnOpQrSt","provider":"Acme","model":"acme/chat-1",\
			"object":"chat.completion.chunk","created":1763857000,"choices":[{"index":0,"delta":\
			{"role":"assistant","content":"word"},"finish_reason":null,"native_finish_reason":null,"logprobs":null}]}

			""";

	/** The number of chunks that arrive together. */
	@Param({ "1", "16" })
	int burst;

	/** The first chunk. */
	@Param({ "word", "<think>" })
	String start;

	private byte[] bytes;

	private AnswerDecoder decoder;

	@Setup
	public void begin() {
		this.bytes = CHUNK.repeat(this.burst).getBytes(StandardCharsets.UTF_8);
		SilenceWatch watch = new SilenceWatch(TestModel.settings(Map.of()).timeout(),
				System.nanoTime() + Duration.ofDays(1).toNanos());
		this.decoder = new AnswerDecoder(TestModel.limits(4096), watch, ThoughtTags.Start.NEW, (thinking) -> {
		});
		byte[] first = CHUNK.replace("word", this.start).getBytes(StandardCharsets.UTF_8);
		this.decoder.decode(DefaultDataBufferFactory.sharedInstance.wrap(first)).take();
	}

	@Benchmark
	@OperationsPerInvocation(CHUNKS)
	public List<ModelEvent> decode() {
		List<ModelEvent> events = List.of();
		for (int chunk = 0; chunk < CHUNKS; chunk += this.burst) {
			DataBuffer buffer = DefaultDataBufferFactory.sharedInstance.wrap(this.bytes);
			events = this.decoder.decode(buffer).take();
		}
		return events;
	}

}
