package dev.runnel.stream.redis;

import dev.runnel.process.AwaitedStop;
import reactor.core.publisher.Mono;

import org.springframework.boot.web.server.context.WebServerApplicationContext;

/**
 * Ends the readers of other servers' streams when this server stops, and tells the other
 * servers that it stops. These streams go on elsewhere, so the web server would wait for
 * them.
 */
final class ReaderShutdown extends AwaitedStop {

	private final RedisNode node;

	ReaderShutdown(RedisNode node) {
		this.node = node;
	}

	@Override
	protected Mono<Void> finish() {
		return Mono.fromRunnable(this.node.entries()::endReaders).then(Mono.defer(this.node::stopping));
	}

	/** It stops with the web server, which accepts no more requests then. */
	@Override
	public int getPhase() {
		return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
	}

}
