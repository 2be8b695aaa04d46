package dev.runnel.stream.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.runnel.stream.LostStreams;
import dev.runnel.stream.StreamEvent;
import dev.runnel.stream.StreamSettings;
import dev.runnel.stream.StreamSubject;
import dev.runnel.stream.TestEvent;
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

	private final LostStreams lost = (subject, shown) -> shown.map(TestEvent::textOf)
		.collectList()
		.map((texts) -> String.join("", texts))
		.flatMap((text) -> {
			this.ended.add(text);
			this.subjects.add(subject);
			return Mono.<StreamEvent>just(TestEvent.end());
		});

	RedisNode add(String url, StreamSettings settings) {
		RedisNode node = new RedisNode(RedisLink.open(url), TIMEOUT, settings, () -> this.lost);
		this.nodes.add(node);
		node.afterSingletonsInstantiated();
		return node;
	}

	@Override
	public void close() {
		this.nodes.forEach(RedisNode::close);
	}

}
