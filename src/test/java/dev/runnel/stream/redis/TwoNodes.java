package dev.runnel.stream.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;

import dev.runnel.stream.LogEntry;
import dev.runnel.stream.LostStreams;
import dev.runnel.stream.StreamEvent;
import dev.runnel.stream.StreamSettings;
import dev.runnel.stream.StreamSubject;
import dev.runnel.stream.TestEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Servers that share a Redis, without anything else of a server.
 */
final class TwoNodes implements AutoCloseable {

	/** A busy machine gives its signs of life late. */
	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	/** The text of each lost stream that was ended. */
	final List<String> ended = new CopyOnWriteArrayList<>();

	final List<StreamSubject> subjects = new CopyOnWriteArrayList<>();

	private final List<RedisNode> nodes = new ArrayList<>();

	/** How many streams another server tried to go on with. */
	final AtomicInteger takenOver = new AtomicInteger();

	/** Goes on with a stream, behind the event with this number. */
	volatile BiFunction<StreamSubject, Long, Mono<Boolean>> heir = (subject, after) -> Mono.just(false);

	/** Runs when the text of a lost stream is read, before its end is written. */
	volatile Function<StreamSubject, Mono<Void>> whileEnding = (subject) -> Mono.empty();

	RedisNode add(String url, StreamSettings settings) {
		return add(url, settings, TIMEOUT);
	}

	RedisNode add(String url, StreamSettings settings, Duration timeout) {
		RedisNode node = new RedisNode(RedisLink.open(url), timeout, settings, Lost::new);
		this.nodes.add(node);
		node.afterSingletonsInstantiated();
		return node;
	}

	Mono<Void> stopping() {
		return Flux.fromIterable(this.nodes).flatMap(RedisNode::stopping).then();
	}

	@Override
	public void close() {
		this.nodes.forEach(RedisNode::close);
	}

	/** Notes what is lost. */
	private final class Lost implements LostStreams {

		@Override
		public Mono<StreamEvent> end(StreamSubject subject, Flux<LogEntry> shown) {
			return shown.map(TestEvent::textOf).collectList().map((texts) -> {
				TwoNodes.this.ended.add(String.join("", texts));
				TwoNodes.this.subjects.add(subject);
				return (StreamEvent) TestEvent.end();
			}).delayUntil((end) -> TwoNodes.this.whileEnding.apply(subject));
		}

		@Override
		public StreamEvent mark() {
			return TestEvent.of("");
		}

		@Override
		public Mono<Boolean> goOn(StreamSubject subject, Flux<LogEntry> shown, long after) {
			TwoNodes.this.takenOver.incrementAndGet();
			return TwoNodes.this.heir.apply(subject, after);
		}

	}

}
