package dev.runnel.upstream.openrouter;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Drops responses that come before the final one, such as {@code 103 Early Hints}. A
 * client must be able to ignore them (RFC 9110, section 15.2), but Reactor Netty knows
 * only 100 and takes others for the answer.
 */
final class InterimResponses extends ChannelInboundHandlerAdapter {

	private boolean dropping;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.dropping |= message instanceof HttpResponse response && isDropped(response.status());
		if (!this.dropping) {
			context.fireChannelRead(message);
			return;
		}
		ReferenceCountUtil.release(message);
		if (message instanceof LastHttpContent) {
			this.dropping = false;
			context.read();
		}
	}

	/**
	 * 100 stays, because Reactor Netty handles it, and so does 101, because it ends HTTP
	 * on the connection.
	 */
	private static boolean isDropped(HttpResponseStatus status) {
		return status.codeClass() == HttpStatusClass.INFORMATIONAL && !status.equals(HttpResponseStatus.CONTINUE)
				&& !status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
	}

}
