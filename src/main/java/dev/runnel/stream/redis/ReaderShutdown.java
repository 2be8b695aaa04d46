package dev.runnel.stream.redis;

import dev.runnel.process.AwaitedStop;
import reactor.core.publisher.Mono;

import org.springframework.boot.web.server.context.WebServerApplicationContext;

/**
 * Ends the readers of other servers' streams when this server stops. These streams go on
 * elsewhere, so the web server would wait for them.
 */
final class ReaderShutdown extends AwaitedStop {

	private final RemoteEntries entries;

	ReaderShutdown(RemoteEntries entries) {
		this.entries = entries;
	}

	@Override
	protected Mono<Void> finish() {
		return Mono.fromRunnable(this.entries::endReaders);
	}

	/** It stops with the web server, which accepts no more requests then. */
	@Override
	public int getPhase() {
		return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
	}

}
