package dev.runnel.upstream.openrouter;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * Hands on as one what one read of the socket brought. Upstreams send each event as an
 * HTTP chunk of its own; when the event loop is behind, many of them wait in the socket,
 * and decoding, rendering and sending them together is what keeps the delay bounded.
 */
final class ReadMerger extends ChannelInboundHandlerAdapter {

	static final String NAME = "runnel.readMerger";

	private static final int MOST_PARTS = 1024;

	private @Nullable ByteBuf merged;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpContent content && !(message instanceof LastHttpContent)) {
			this.merged = (this.merged == null) ? content.content() : merge(context, this.merged, content.content());
		}
		else {
			handOn(context);
			context.fireChannelRead(message);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		handOn(context);
		context.fireChannelReadComplete();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		handOn(context);
		context.fireChannelInactive();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		handOn(context);
		context.fireExceptionCaught(cause);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		if (this.merged != null) {
			this.merged.release();
			this.merged = null;
		}
	}

	private static ByteBuf merge(ChannelHandlerContext context, ByteBuf first, ByteBuf next) {
		CompositeByteBuf parts = (first instanceof CompositeByteBuf composite) ? composite
				: context.alloc().compositeBuffer(MOST_PARTS).addComponent(true, first);
		return parts.addComponent(true, next);
	}

	private void handOn(ChannelHandlerContext context) {
		ByteBuf whole = this.merged;
		if (whole != null) {
			this.merged = null;
			context.fireChannelRead(new DefaultHttpContent(whole));
		}
	}

}
