package dev.runnel.upstream.openrouter;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Makes one piece of a body out of all that one turn of the event loop has read. An
 * upstream sends each event as an HTTP chunk of its own; when it is faster than this
 * server, many are read at once, and each would cost as much as all of them together.
 * Nothing is held back beyond the turn, and a piece that has {@value #FULL_BYTES} bytes
 * goes on at once: what is made of it takes many times its size.
 */
final class ReadCoalescer extends ChannelInboundHandlerAdapter {

	static final int FULL_BYTES = 16 * 1024;

	private @Nullable HttpContent first;

	private @Nullable ByteBuf joined;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpContent content && !(message instanceof LastHttpContent)
				&& content.decoderResult().isSuccess()) {
			gather(context, content);
		}
		else {
			flush(context);
			context.fireChannelRead(message);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		flush(context);
		context.fireChannelReadComplete();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		flush(context);
		context.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		ReferenceCountUtil.release(this.first);
		ReferenceCountUtil.release(this.joined);
		this.first = null;
		this.joined = null;
	}

	private void gather(ChannelHandlerContext context, HttpContent content) {
		if (this.joined != null) {
			append(this.joined, content);
		}
		else if (this.first != null) {
			this.joined = context.alloc().buffer(4 * (this.first.content().readableBytes() + 1));
			append(this.joined, this.first);
			append(this.joined, content);
			this.first = null;
		}
		else {
			this.first = content;
		}
		if (gathered() >= FULL_BYTES) {
			flush(context);
		}
	}

	private int gathered() {
		return (this.joined != null) ? this.joined.readableBytes()
				: (this.first != null) ? this.first.content().readableBytes() : 0;
	}

	private static void append(ByteBuf joined, HttpContent content) {
		joined.writeBytes(content.content());
		content.release();
	}

	private void flush(ChannelHandlerContext context) {
		HttpContent content = (this.joined != null) ? new DefaultHttpContent(this.joined) : this.first;
		this.joined = null;
		this.first = null;
		if (content != null) {
			context.fireChannelRead(content);
		}
	}

}
