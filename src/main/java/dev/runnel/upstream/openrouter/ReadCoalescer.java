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
 * Joins the body pieces of one event-loop read into one piece. Upstream sends each event
 * as its own HTTP chunk. If it is faster than this server, one read brings many chunks,
 * and each would cost as much as all of them together. Nothing is held back beyond the
 * read. A piece of {@value #FULL_BYTES} bytes is passed on at once: the text of a larger
 * one would be rendered on another thread, which costs more than it saves.
 */
final class ReadCoalescer extends ChannelInboundHandlerAdapter {

	static final int FULL_BYTES = 192 * 1024;

	private @Nullable HttpContent first;

	private @Nullable ByteBuf joined;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpContent content && isInTheMiddle(content)) {
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

	private static boolean isInTheMiddle(HttpContent content) {
		return !(content instanceof LastHttpContent) && content.decoderResult().isSuccess();
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
