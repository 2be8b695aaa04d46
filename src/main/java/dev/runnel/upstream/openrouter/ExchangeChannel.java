package dev.runnel.upstream.openrouter;

import java.util.concurrent.Executor;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/**
 * Runs the cancellation of one exchange on the event loop of its connection, once that is
 * known. On another thread a cancellation could fall between the head and the body of a
 * response. Spring's connector would then read the body to its end instead of closing the
 * connection, and the model would go on writing.
 */
final class ExchangeChannel implements Executor {

	private volatile @Nullable Channel channel;

	private volatile boolean cut;

	/** Sets the connection, before anything is sent. */
	void connect(Connection connection) {
		this.channel = connection.channel();
		if (this.cut) {
			connection.channel().close();
		}
	}

	/** Runs a cancellation on the event loop of the connection. */
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
