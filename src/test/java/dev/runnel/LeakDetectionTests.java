package dev.runnel;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link LeakDetection} finds leaks, and only leaks.
 */
class LeakDetectionTests {

	@Test
	void findsBufferThatWasNotReleased() {
		LeakDetection.findLeaks();
		ByteBufAllocator.DEFAULT.directBuffer(64).writeLong(1);
		assertThat(LeakDetection.findLeaks()).singleElement().asString().startsWith("ByteBuf was not released");
	}

	@Test
	void findsNothingWhereAllIsReleased() {
		LeakDetection.findLeaks();
		ByteBufAllocator.DEFAULT.directBuffer(64).writeLong(1).release();
		assertThat(LeakDetection.findLeaks()).isEmpty();
	}

}
