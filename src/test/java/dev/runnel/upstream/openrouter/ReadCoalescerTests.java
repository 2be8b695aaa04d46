package dev.runnel.upstream.openrouter;

import java.nio.charset.StandardCharsets;

import dev.runnel.LeakDetection;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReadCoalescer}.
 */
@ExtendWith(LeakDetection.class)
class ReadCoalescerTests {

	private final EmbeddedChannel channel = new EmbeddedChannel(new ReadCoalescer());

	@AfterEach
	void release() {
		this.channel.finishAndReleaseAll();
	}

	@Test
	void joinsWhatOneTurnHasRead() {
		HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
		read(head, content("a"), content("b"), content("c"));
		assertThat(this.channel.<Object>readInbound()).isSameAs(head);
		assertThat(text()).isEqualTo("abc");
		assertThat(this.channel.<Object>readInbound()).isNull();
	}

	@Test
	void leavesSinglePieceAsItIs() {
		HttpContent content = content("a");
		read(content);
		assertThat(this.channel.<Object>readInbound()).isSameAs(content);
		content.release();
	}

	@Test
	void aPieceThatIsFullGoesOnWithinTheTurn() {
		String part = "x".repeat(ReadCoalescer.FULL_BYTES - 1);
		read(content(part), content("a"), content("b"), content(part + "y"), content("c"));
		assertThat(text()).isEqualTo(part + "a");
		assertThat(text()).isEqualTo("b" + part + "y");
		assertThat(text()).isEqualTo("c");
	}

	@Test
	void keepsOrderAtTheEnd() {
		read(content("a"), content("b"), LastHttpContent.EMPTY_LAST_CONTENT);
		assertThat(text()).isEqualTo("ab");
		assertThat(this.channel.<Object>readInbound()).isSameAs(LastHttpContent.EMPTY_LAST_CONTENT);
	}

	@Test
	void startsAnewWithEachTurn() {
		read(content("a"), content("b"));
		read(content("c"));
		assertThat(text()).isEqualTo("ab");
		assertThat(text()).isEqualTo("c");
	}

	@Test
	void losesNothingWhenConnectionCloses() {
		this.channel.writeOneInbound(content("a"));
		this.channel.writeOneInbound(content("b"));
		this.channel.close();
		assertThat(text()).isEqualTo("ab");
	}

	@Test
	void releasesWhatNobodyGets() {
		this.channel.writeOneInbound(content("a"));
		this.channel.writeOneInbound(content("b"));
		this.channel.pipeline().removeFirst();
		this.channel.flushInbound();
		assertThat(this.channel.<Object>readInbound()).isNull();
	}

	private void read(Object... messages) {
		for (Object message : messages) {
			this.channel.writeOneInbound(message);
		}
		this.channel.flushInbound();
	}

	private String text() {
		HttpContent content = this.channel.readInbound();
		try {
			return new String(ByteBufUtil.getBytes(content.content()), StandardCharsets.UTF_8);
		}
		finally {
			content.release();
		}
	}

	private HttpContent content(String text) {
		return new DefaultHttpContent(ByteBufUtil.writeUtf8(this.channel.alloc(), text));
	}

}
