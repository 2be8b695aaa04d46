package dev.runnel.stream.redis;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The orders in which the replies of Redis and the news of a reader may come.
 */
class AudienceTests {

	private final Audience audience = new Audience();

	private void tellNobody() {
		assertThat(this.audience.told(this.audience.arrivals(), 0)).isTrue();
	}

	@Test
	void somebodyMayListenFromTheBeginning() {
		assertThat(this.audience.mayListen()).isTrue();
		assertThat(this.audience.isUntold()).isFalse();
	}

	@Test
	void nobodyIsToldAgainAfterNobodyListened() {
		tellNobody();
		assertThat(this.audience.mayListen()).isFalse();
		assertThat(this.audience.keptQuiet()).isFalse();
		assertThat(this.audience.isUntold()).isTrue();
	}

	/** The reader has read Redis before the batch was there. */
	@Test
	void aServerThatBeginsToListenWhileABatchIsOnItsWayIsToldOfIt() {
		tellNobody();
		long arrivals = this.audience.arrived();
		assertThat(this.audience.told(arrivals, 1)).isTrue();
		assertThat(this.audience.keptQuiet()).isTrue();
	}

	@Test
	void anOldReplyThatNobodyListensIsIgnored() {
		long before = this.audience.arrivals();
		long arrivals = this.audience.arrived();
		assertThat(this.audience.told(before, 0)).isFalse();
		assertThat(this.audience.mayListen()).isTrue();
		assertThat(this.audience.told(arrivals, 1)).isTrue();
		assertThat(this.audience.mayListen()).isTrue();
	}

	@Test
	void anOldReplyThatComesLastIsIgnored() {
		long before = this.audience.arrivals();
		this.audience.told(this.audience.arrived(), 1);
		assertThat(this.audience.told(before, 0)).isFalse();
		assertThat(this.audience.mayListen()).isTrue();
	}

	@Test
	void aReaderThatHasLeftAgainIsNotToldOfLaterBatches() {
		tellNobody();
		assertThat(this.audience.told(this.audience.arrived(), 0)).isTrue();
		assertThat(this.audience.mayListen()).isFalse();
	}

	@Test
	void whoBeginsToListenIsToldOfAll() {
		tellNobody();
		this.audience.keptQuiet();
		this.audience.arrived();
		assertThat(this.audience.isUntold()).isFalse();
	}

}
