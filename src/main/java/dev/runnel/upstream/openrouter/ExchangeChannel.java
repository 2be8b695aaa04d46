package dev.runnel.upstream.openrouter;

import java.util.concurrent.Executor;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/**
 * The connection of one exchange, as far as it is known, on whose event loop a
 * cancellation has to run. On another thread it could come between the head of an answer
 * and its body; Spring's connector would then read the body to its end instead of closing
 * the connection, and the model would write on for nobody.
 */
final class ExchangeChannel implements Executor {

	private volatile @Nullable Channel channel;

	private volatile boolean cut;

	/** Notes the connection, before anything is sent. */
	void connect(Connection connection) {
		this.channel = connection.channel();
		if (this.cut) {
			connection.channel().close();
		}
	}

	/** Runs a cancellation. */
	@Override
	public void execute(Runnable cancellation) {
		this.cut = true;
		Channel current = this.channel;
		if (current == null || current.eventLoop().inEventLoop()) {
			cancellation.run();
		}
		else {
			current.eventLoop().execute(cancellation);
		}
	}

}
