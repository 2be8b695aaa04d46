package dev.runnel.stream;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.runnel.memory.MemoryAccount;
import dev.runnel.memory.MemoryUse;
import dev.runnel.web.Visitor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.unit.DataSize;

/**
 * The cost to append an event and to deliver it to every reader: encoding, folding and
 * delivery, without a network. Run it with {@code etc/jmh StreamLogBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class StreamLogBenchmark {

	private static final int EVENTS = 1000;

	private static final byte[] JSON = "{\"content\":\" word\",\"patches\":[{\"block\":3,\"keep\":120,\"html\":\" word</p>\\n\"}]}"
		.getBytes(StandardCharsets.UTF_8);

	/** The number of readers. */
	@Param({ "1", "100" })
	int readers;

	private final List<Disposable> reading = new ArrayList<>();

	private MemoryStreamLog<Event> log;

	private long received;

	/** Opens a log with its readers. */
	@Setup(Level.Invocation)
	public void open() {
		StreamSubject subject = new StreamSubject(StreamId.random(), new Visitor("ann"), UUID.randomUUID(),
				UUID.randomUUID());
		this.log = new MemoryStreamLog<>(subject, new NoFold(), Duration.ofMinutes(1), Schedulers.parallel(),
				Clock.systemUTC(), MemoryAccount.of(DataSize.ofMegabytes(100)).count(MemoryUse.RUNNING_STREAMS, 0),
				() -> {
				}, () -> {
				}, 0);
		for (int i = 0; i < this.readers; i++) {
			this.reading.add(this.log.read(0).subscribe((entry) -> this.received += entry.frame().length));
		}
	}

	/** Cancels the readers. */
	@TearDown(Level.Invocation)
	public void close() {
		this.reading.forEach(Disposable::dispose);
		this.reading.clear();
	}

	/**
	 * Appends and delivers.
	 * @return the number of bytes that all readers received
	 */
	@Benchmark
	@OperationsPerInvocation(EVENTS)
	public long appendAndDeliver() {
		for (int i = 0; i < EVENTS; i++) {
			this.log.append(new Event());
		}
		return this.received;
	}

	private record Event() implements StreamEvent {

		@Override
		public String name() {
			return "message";
		}

		@Override
		public byte[] json() {
			return JSON;
		}

		@Override
		public boolean terminal() {
			return false;
		}

	}

	/** Folds nothing, because the cost of folding depends on the events. */
	private static final class NoFold implements EventFold<Event> {

		@Override
		public void add(long id, Event event) {
		}

		@Override
		public long heapBytes() {
			return 0;
		}

		@Override
		public Merged<Event> next(long after) {
			throw new UnsupportedOperationException();
		}

	}

}
