package dev.runnel.security;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.ChannelOperations;

/**
 * Closes a connection if the client sends the head or the body of a request too slowly,
 * or reads the response too slowly. A body that continues after its response has the time
 * of a head, however fast it arrives. This handler follows the HTTP codec of one
 * connection. It checks at intervals, so that chunks cost almost nothing. A pause in a
 * response is not counted against the client.
 */
final class ConnectionWatch extends ChannelInboundHandlerAdapter {

	private static final int CHECKS = 4;

	/** The lowest rate of a request body. */
	private static final long BYTES_PER_SECOND = 4096;

	private final long requestLimit;

	private final long writeLimit;

	private Phase phase = Phase.WAITING;

	/** The start of the phase, from {@link System#nanoTime()}. */
	private long since = System.nanoTime();

	private long bytes;

	/** Whether the codec has decoded a message from the current read. */
	private boolean decoded;

	private int unsent;

	private long unsentProgress;

	private long unsentSince;

	private @Nullable ScheduledFuture<?> looks;

	ConnectionWatch(Duration requestLimit, Duration writeLimit) {
		this.requestLimit = requestLimit.toNanos();
		this.writeLimit = writeLimit.toNanos();
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		long pause = Math.min(this.requestLimit, this.writeLimit) / CHECKS;
		this.looks = context.executor()
			.scheduleWithFixedDelay(() -> check(context.channel()), pause, pause, TimeUnit.NANOSECONDS);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		if (this.looks != null) {
			this.looks.cancel(false);
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.decoded = true;
		if (message instanceof HttpRequest) {
			begin(Phase.BODY);
		}
		if (message instanceof HttpContent content) {
			count(content);
		}
		context.fireChannelRead(message);
	}

	private void count(HttpContent content) {
		this.bytes += content.content().readableBytes();
		if (content instanceof LastHttpContent) {
			begin(Phase.WAITING);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (!this.decoded && this.phase == Phase.WAITING) {
			begin(Phase.HEAD);
		}
		this.decoded = false;
		context.fireChannelReadComplete();
	}

	private void begin(Phase next) {
		this.phase = next;
		this.since = System.nanoTime();
		this.bytes = 0;
	}

	private void check(Channel channel) {
		long now = System.nanoTime();
		if (sendsTooSlowly(channel, now) || readsTooSlowly(channel, now)) {
			channel.close();
		}
	}

	private boolean sendsTooSlowly(Channel channel, long now) {
		if (this.phase == Phase.BODY || this.phase == Phase.UNWANTED_BODY) {
			checkBody(channel);
		}
		return this.phase != Phase.WAITING && now - this.since > this.requestLimit + earned();
	}

	/** Returns the time for the bytes that have arrived, in nanoseconds. */
	private long earned() {
		return (this.phase != Phase.UNWANTED_BODY) ? TimeUnit.SECONDS.toNanos(this.bytes) / BYTES_PER_SECOND : 0;
	}

	private void checkBody(Channel channel) {
		Phase now = (ChannelOperations.get(channel) != null) ? Phase.BODY : Phase.UNWANTED_BODY;
		if (now != this.phase || isPaused(channel)) {
			begin(now);
		}
	}

	/** While the server has paused reading, the client is not to blame. */
	private boolean isPaused(Channel channel) {
		return this.phase == Phase.BODY && !channel.config().isAutoRead();
	}

	private boolean readsTooSlowly(Channel channel, long now) {
		ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
		Object first = (buffer != null) ? buffer.current() : null;
		int identity = System.identityHashCode(first);
		long progress = (buffer != null && first != null) ? buffer.currentProgress() : 0;
		if (first == null || identity != this.unsent || progress != this.unsentProgress) {
			this.unsent = identity;
			this.unsentProgress = progress;
			this.unsentSince = now;
		}
		return now - this.unsentSince > this.writeLimit;
	}

	private enum Phase {

		/** No part of a request has arrived; the idle timeout of the server applies. */
		WAITING,

		/** Part of a request head has arrived. */
		HEAD,

		/** The head has arrived, but not the end of the body. */
		BODY,

		/** The response is complete, but not the body. */
		UNWANTED_BODY

	}

}
